using System.Net;
using IntegrityGate.Media.Rtmp;

namespace IntegrityGate.Access.Hooks;

/// <summary>The wire form of one family of hooks: pure, values in and values out.</summary>
internal interface IHookStyle
{
    /// <summary>The body to post; credentials go into it as the publisher sent them.</summary>
    HttpContent Compose(PublishRequest request);

    /// <summary>Reads an answer that is neither a redirect nor a 5xx.</summary>
    GuardAnswer Read(HttpStatusCode status, ReadOnlySpan<byte> body);
}
