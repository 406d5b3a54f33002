using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Judging;

namespace IntegrityGate.Explaining;

/// <summary>One moment of a clip: what the gate saw, and what it held of the clip then.</summary>
internal sealed record Moment
{
    /// <summary>The clip, as given.</summary>
    public required string Input { get; init; }

    /// <summary>The frame.</summary>
    public required byte[] Jpeg { get; init; }

    /// <summary>Frame width, px.</summary>
    public required int Width { get; init; }

    /// <summary>Frame height, px.</summary>
    public required int Height { get; init; }

    /// <summary>The frame's score; its time is the frame's.</summary>
    public required SyntheticScore Score { get; init; }

    /// <summary>The views.</summary>
    public required IReadOnlyList<ViewCut> Views { get; init; }

    /// <summary>The text on the frame.</summary>
    public required TextReading Text { get; init; }

    /// <summary>The samples up to the moment, and the evidence as it added up.</summary>
    public required IReadOnlyList<SampleStep> Steps { get; init; }

    /// <summary>The verdict that held.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The incidents that were open.</summary>
    public required IReadOnlyList<Incident> Incidents { get; init; }
}
