namespace IntegrityGate.Evaluating.Items;

/// <summary>A row of a list.</summary>
/// <param name="Line">Line number, from 1.</param>
/// <param name="File">The item's file, relative to the list's folder.</param>
/// <param name="IsSynthetic">Class.</param>
/// <param name="Source">Source.</param>
/// <param name="Exposure">What training saw of the source.</param>
internal sealed record ListRow(int Line, string File, bool IsSynthetic, string Source, Exposure Exposure);
