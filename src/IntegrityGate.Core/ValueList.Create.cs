namespace IntegrityGate.Core;

/// <summary>Makes <see cref="ValueList{T}"/>s.</summary>
public static class ValueList
{
    /// <summary>Copies items into a list; collection expressions call this.</summary>
    /// <typeparam name="T">Item.</typeparam>
    /// <param name="items">The items.</param>
    public static ValueList<T> Create<T>(ReadOnlySpan<T> items) => new(items);
}
