namespace IntegrityGate.Core.Rules;

/// <summary>A duty of people or of the whole platform that no look at a stream can tell; it is listed and demands nothing of the judge.</summary>
public sealed record DutyRule : Rule
{
    /// <inheritdoc/>
    public override string Violation => "";
}
