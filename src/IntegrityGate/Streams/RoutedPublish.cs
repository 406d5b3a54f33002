using IntegrityGate.Configuration;
using IntegrityGate.Hosting;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Routing;

namespace IntegrityGate.Streams;

/// <summary>A publisher's wish and what the settings in force make of it; a change of the settings does not touch it.</summary>
/// <param name="Request">The wish.</param>
/// <param name="Route">The route.</param>
/// <param name="Captures">What the route's patterns remembered.</param>
/// <param name="Options">The settings for the route.</param>
/// <param name="Judges">Judges by the route's rules and policy.</param>
internal sealed record RoutedPublish(
    PublishRequest Request, StreamRoute Route, IReadOnlyDictionary<string, string> Captures, GateOptions Options, JudgeFactory Judges)
{
    /// <summary>The countries of its audience that the publisher names; null when it names none, or is not asked.</summary>
    public string? Countries => Judges.AudienceParameter.Length == 0 ? null : Request.Address.Parameter(Judges.AudienceParameter);
}
