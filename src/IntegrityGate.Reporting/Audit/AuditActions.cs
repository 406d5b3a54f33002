namespace IntegrityGate.Reporting.Audit;

/// <summary>The names of acts; they persist in the journal and never change their meaning.</summary>
public static class AuditActions
{
    /// <summary>A stream was declared to be AI content.</summary>
    public const string Declare = "declare";

    /// <summary>A declaration was taken back.</summary>
    public const string Withdraw = "withdraw";

    /// <summary>A reviewer confirmed an incident.</summary>
    public const string ReviewConfirm = "review.confirm";

    /// <summary>A reviewer dismissed an incident.</summary>
    public const string ReviewDismiss = "review.dismiss";

    /// <summary>Looking was turned off.</summary>
    public const string InspectionBypass = "inspection.bypass";

    /// <summary>Looking was turned on again.</summary>
    public const string InspectionResume = "inspection.resume";

    /// <summary>A stamp was forced.</summary>
    public const string StampForce = "stamp.force";

    /// <summary>The stamp was lifted.</summary>
    public const string StampLift = "stamp.lift";

    /// <summary>The stamp was given back to verdict and policy.</summary>
    public const string StampRelease = "stamp.release";

    /// <summary>A stream was ended.</summary>
    public const string StreamClose = "stream.close";
}
