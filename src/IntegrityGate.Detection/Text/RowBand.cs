namespace IntegrityGate.Detection.Text;

/// <summary>Rows of a frame from edge to edge.</summary>
/// <param name="Top">First row.</param>
/// <param name="Bottom">Row after the last.</param>
internal readonly record struct RowBand(int Top, int Bottom)
{
    /// <summary>Number of rows.</summary>
    public int Height => Bottom - Top;
}
