namespace IntegrityGate.Media.Rtmp;

/// <summary>What a side can do with a codec (E-RTMP v2, FourCcInfoMask).</summary>
[Flags]
public enum FourCcUse
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Decode it.</summary>
    CanDecode = 1,

    /// <summary>Encode it.</summary>
    CanEncode = 2,

    /// <summary>Pass it on.</summary>
    CanForward = 4,
}
