using IntegrityGate.Core.Time;

namespace IntegrityGate.Core.Claims;

/// <summary>What somebody says of a stretch of a stream. A claim needs no model and beats detection.</summary>
/// <param name="Id">Identifies the claim so that it can be withdrawn; unique within a stream.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="Attribute">What it says.</param>
/// <param name="From">Media time from which it holds; null from the stream's start.</param>
/// <param name="Until">Media time at which it ends; null until withdrawn or the stream ends.</param>
/// <param name="Label">The full implicit label when the claim is metadata.</param>
/// <param name="By">Who declared, for the audit log; empty for metadata.</param>
public sealed record Claim(
    string Id,
    ClaimSource Source,
    AigcAttribute Attribute,
    MediaTime? From = null,
    MediaTime? Until = null,
    AigcLabel? Label = null,
    string By = "");
