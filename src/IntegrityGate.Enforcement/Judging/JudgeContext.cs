using IntegrityGate.Core.Rules;
using IntegrityGate.Core.Streams;
using IntegrityGate.Enforcement.Marks;

namespace IntegrityGate.Enforcement.Judging;

/// <summary>What a judge knows of its stream session from the start.</summary>
/// <param name="Stream">The stream's public id.</param>
/// <param name="SessionId">The session.</param>
/// <param name="Packs">The packs that apply, the leading one first.</param>
/// <param name="Policy">The policy.</param>
/// <param name="StartedAt">When the session began: the law of that day (UTC) counts.</param>
public sealed record JudgeContext(StreamId Stream, string SessionId, IReadOnlyList<RulePack> Packs, JudgePolicy Policy, DateTimeOffset StartedAt)
{
    /// <summary>The text marks that are looked for; default those that ship.</summary>
    public MarkCatalog Marks { get; init; } = MarkCatalog.Shipped;
}
