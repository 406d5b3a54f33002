namespace IntegrityGate.Media.H264;

/// <summary>The timing of a sequence parameter set (H.264 E.2.1). A tick is half a frame.</summary>
/// <param name="UnitsInTick">num_units_in_tick.</param>
/// <param name="TimeScale">time_scale, units in a second.</param>
/// <param name="IsFixedRate">fixed_frame_rate_flag.</param>
public sealed record FrameTiming(uint UnitsInTick, uint TimeScale, bool IsFixedRate)
{
    /// <summary>Frames a second, or 0 when the fields are unusable.</summary>
    public double FramesPerSecond => UnitsInTick == 0 ? 0 : TimeScale / (2.0 * UnitsInTick);
}
