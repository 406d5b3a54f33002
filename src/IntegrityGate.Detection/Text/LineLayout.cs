namespace IntegrityGate.Detection.Text;

/// <summary>How a line's crop was laid down for the recogniser.</summary>
internal enum LineLayout
{
    /// <summary>As it stands: read from left to right.</summary>
    Row,

    /// <summary>A row that stood on end, turned a quarter to the left.</summary>
    Turned,

    /// <summary>A column of upright characters, its cells laid side by side.</summary>
    Stacked,
}
