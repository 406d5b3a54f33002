using System.Diagnostics.CodeAnalysis;

namespace IntegrityGate.Detection.Models;

/// <summary>Which weights of a detector are run.</summary>
public enum ModelVariant
{
    /// <summary>
    /// int8 where the pack has it and its selftest passes on this CPU, else fp32 (with a warning when the selftest was the reason).
    /// Measured for frame-v1 on one AVX-512 VNNI core, four views: int8 7.3 ms, fp32 17.1 ms, at the same AUC (0.816 both, the
    /// model's card). CPUs without VNNI may saturate in int8 arithmetic: the selftest sees that.
    /// </summary>
    Auto,

    /// <summary>32-bit floating point weights.</summary>
    Fp32,

    /// <summary>8-bit quantised weights.</summary>
    [SuppressMessage("Naming", "CA1720", Justification = "The name that packs and operators use.")]
    Int8,
}
