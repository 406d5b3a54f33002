using IntegrityGate.Configuration;
using IntegrityGate.Core.Claims;
using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Detection;
using IntegrityGate.Enforcement.Judging;
using IntegrityGate.Looking.Listening;
using IntegrityGate.Looking.Scheduling;
using IntegrityGate.Media.Decoding;
using IntegrityGate.Media.Splicing;

namespace IntegrityGate.Streams;

/// <summary>What every stream session shares with the others, and how it makes what is its own.</summary>
internal sealed record SessionParts
{
    /// <summary>The settings in force when the stream began.</summary>
    public required GateOptions Options { get; init; }

    /// <summary>Packets.</summary>
    public required PacketPool Pool { get; init; }

    /// <summary>Clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Logs.</summary>
    public required ILoggerFactory Loggers { get; init; }

    /// <summary>The decoding workers.</summary>
    public required DecodePool Decoder { get; init; }

    /// <summary>Whose turn it is to be looked at.</summary>
    public required LookScheduler Scheduler { get; init; }

    /// <summary>The detectors; null when looking is turned off.</summary>
    public required DetectorSet? Detectors { get; init; }

    /// <summary>What sound is listened to with; null when no stream's is.</summary>
    public Hearing? Hearing { get; init; }

    /// <summary>The journal.</summary>
    public required IIncidentSink Incidents { get; init; }

    /// <summary>Makes a stream's judge.</summary>
    public required Func<StreamId, string, Judge> CreateJudge { get; init; }

    /// <summary>Makes a stream's splicer.</summary>
    public required Func<StreamId, IPacketSink, Splicer> CreateSplicer { get; init; }

    /// <summary>This platform, as it stands in the metadata it writes.</summary>
    public required PropagatorIdentity Propagator { get; init; }

    /// <summary>True once the gate shuts down: nobody is waited for any more.</summary>
    public required Func<bool> IsStopping { get; init; }

    /// <summary>Told when a session is over.</summary>
    public required Action<StreamSession> Ended { get; init; }
}
