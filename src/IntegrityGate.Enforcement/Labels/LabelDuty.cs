namespace IntegrityGate.Enforcement.Labels;

/// <summary>How the duty to label stands.</summary>
public enum LabelDuty
{
    /// <summary>Too few looks to say; what held goes on holding.</summary>
    Undecided = 0,

    /// <summary>Met.</summary>
    Met = 1,

    /// <summary>Not met.</summary>
    Violated = 2,
}
