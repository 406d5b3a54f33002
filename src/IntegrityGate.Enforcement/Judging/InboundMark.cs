using IntegrityGate.Core.Claims;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Enforcement.Judging;

/// <summary>
/// Follows the implicit label that a stream brings (CAC Measures art. 10: nobody deletes, alters or forges one). A label whose
/// content number changes is another content's, so only what changes under one number is an alteration; without a number
/// (GB 45438-2025 Annex E, ProduceID) the two cannot be told apart and nothing is said.
/// </summary>
internal sealed class InboundMark
{
    private Claim? _held;
    private Claim? _original;

    /// <summary>Media time from which a label that was there is gone; null while it is there, or when there never was one.</summary>
    public MediaTime? GoneSince { get; private set; }

    /// <summary>Media time at which the present label was first seen.</summary>
    public MediaTime SeenAt { get; private set; }

    /// <summary>What is wrong with the present label, in one sentence; null when nothing is.</summary>
    public string? Fault => _held is null ? null : AlterationOf(_original, _held) ?? ForgeryOf(_held);

    /// <summary>The newest label in short.</summary>
    public string Says => (_held ?? _original)?.Label is { } label ? $"Label \"{Short(label.Label)}\", ProduceID \"{Short(label.ProduceId)}\"" : "an AIGC property";

    /// <summary>A claim was made; only those from metadata count.</summary>
    public void See(Claim claim, MediaTime at)
    {
        if (claim.Source != ClaimSource.Metadata)
            return;
        if (_held is null || _held.Label != claim.Label || _held.Attribute != claim.Attribute)
            SeenAt = at;
        _held = claim;
        GoneSince = null;
        if (_original is null || IsOtherContent(_original, claim))
            _original = claim;
    }

    /// <summary>A claim was withdrawn.</summary>
    public void Lose(string claimId, MediaTime at)
    {
        if (_held?.Id != claimId)
            return;
        _held = null;
        GoneSince = at;
    }

    private static bool IsOtherContent(Claim before, Claim now) => before.Label is null
        || (now.Label is { ProduceId: var number } && number != before.Label.ProduceId);

    private static string? AlterationOf(Claim? before, Claim now)
    {
        if (before?.Label is not { } old || before == now)
            return null;
        if (now.Label is not { } label)
            return "An implicit label that could be read was replaced by one that cannot.";
        if (old.ProduceId.Length == 0 || label.ProduceId != old.ProduceId)
            return null;
        if (label.ContentProducer != old.ContentProducer)
            return $"The producer of content {Short(old.ProduceId)} changed from \"{Short(old.ContentProducer)}\" to \"{Short(label.ContentProducer)}\".";
        if (label.ReservedCode1 != old.ReservedCode1)
            return $"The producer's protection data of content {Short(old.ProduceId)} changed.";
        // The values are ordered: 1 says most.
        return now.Attribute > before.Attribute ? $"The label of content {Short(old.ProduceId)} was weakened from \"{Short(old.Label)}\" to \"{Short(label.Label)}\"." : null;
    }

    private static string? ForgeryOf(Claim now) => now.Label is not { } label ? null
        : ProviderCode.HasWrongCheck(label.ContentProducer) ? $"The producer code {label.ContentProducer} has a check character that no organisation's code has."
        : ProviderCode.HasWrongCheck(label.ContentPropagator) ? $"The propagator code {label.ContentPropagator} has a check character that no organisation's code has."
        : null;

    // A stranger's text: 64 characters name a content well enough.
    private static string Short(string text) => text.Length <= 64 ? text : text[..64] + "…";
}
