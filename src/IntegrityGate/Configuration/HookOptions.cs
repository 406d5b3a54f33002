using IntegrityGate.Access.Hooks;

namespace IntegrityGate.Configuration;

/// <summary>An HTTP service that is asked about every publisher.</summary>
/// <param name="Url">Where; a text, because two <see cref="Uri"/> that differ in their credentials alone are equal.</param>
/// <param name="Style">What is sent, and which answers allow.</param>
/// <param name="Timeout">For the whole decision, retries included: a publisher waits no longer.</param>
/// <param name="Retries">Further attempts after a connection failure or a 5xx; a timeout is final.</param>
/// <param name="Failure">What holds when the service gives no answer.</param>
public sealed record HookOptions(string Url, HookStyle Style, TimeSpan Timeout, int Retries, HookFailure Failure)
{
    /// <summary>Scheme, host and path: neither credentials nor the query.</summary>
    public string Place => new Uri(Url).GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    /// <summary>Style and place; never a credential.</summary>
    public override string ToString() => $"{Style} hook at {Place}";
}
