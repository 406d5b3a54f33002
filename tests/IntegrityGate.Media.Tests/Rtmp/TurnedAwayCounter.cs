using IntegrityGate.Media.Rtmp.Listeners;

namespace IntegrityGate.Media.Tests.Rtmp;

/// <summary>Counts connections that were turned away, by reason. Tests that use it are not run beside each other.</summary>
internal sealed class TurnedAwayCounter() : TagCounter("integritygate.rtmp.turned_away")
{
    public long this[TurnedAway reason] => this[reason.ToString()];
}
