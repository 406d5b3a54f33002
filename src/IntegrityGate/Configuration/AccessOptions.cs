using System.Net;
using IntegrityGate.Core;

namespace IntegrityGate.Configuration;

/// <summary>Who may publish. Every guard that is set must allow; with none set everybody may publish.</summary>
/// <param name="Addresses">Networks that may publish; empty lets every address.</param>
/// <param name="Keys">Hashed stream keys; empty asks for none.</param>
/// <param name="Jwt">Signed tokens; null asks for none.</param>
/// <param name="Hook">The HTTP service that is asked; null asks none.</param>
public sealed record AccessOptions(ValueList<IPNetwork> Addresses, ValueList<AccessKeyOptions> Keys, JwtOptions? Jwt, HookOptions? Hook)
{
    /// <summary>No guard at all.</summary>
    public bool IsOpen => Addresses.Count == 0 && Keys.Count == 0 && Jwt is null && Hook is null;

    /// <summary>The guards that are set, cheap ones first, in words for a person.</summary>
    public string Summary => IsOpen
        ? "everyone may publish: no guard is configured"
        : "guarded by " + string.Join(", ", Guards());

    /// <summary>The guards by name; never a hash or a URL's credential.</summary>
    public override string ToString() => Summary;

    private IEnumerable<string> Guards()
    {
        if (Addresses.Count > 0)
            yield return "addresses";
        if (Keys.Count > 0)
            yield return "keys";
        if (Jwt is not null)
            yield return "jwt";
        if (Hook is not null)
            yield return "hook";
    }
}
