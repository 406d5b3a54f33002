namespace IntegrityGate.Commands;

/// <summary>What the program ends with.</summary>
internal static class ExitCode
{
    /// <summary>Done; a scan found nothing, a probe found that it works.</summary>
    public const int Ok = 0;

    /// <summary>The gate failed while running.</summary>
    public const int Failed = 1;

    /// <summary>The input, the settings or a model cannot be used.</summary>
    public const int Unusable = 2;

    /// <summary>A scan found violations; a probe found that it does not work.</summary>
    public const int Violations = 3;
}
