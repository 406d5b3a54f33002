namespace IntegrityGate.Detection.Text;

/// <summary>Walks over neighbouring px (four of them), with a stack of its own: a line's crop has up to a million.</summary>
/// <param name="width">Row length, px.</param>
/// <param name="height">Rows.</param>
internal sealed class PixelFlood(int width, int height)
{
    private readonly Stack<int> _open = new();

    /// <summary>Marks all px that can be reached from a px over px that are open.</summary>
    /// <param name="start">Where to begin; nothing is reached when it is closed or reached before.</param>
    /// <param name="isOpen">By px.</param>
    /// <param name="reached">Receives the marks.</param>
    public void From(int start, ReadOnlySpan<bool> isOpen, Span<bool> reached)
    {
        Push(start, isOpen, reached);
        while (_open.TryPop(out var at))
        {
            var x = at % width;
            if (x > 0)
                Push(at - 1, isOpen, reached);
            if (x < width - 1)
                Push(at + 1, isOpen, reached);
            if (at >= width)
                Push(at - width, isOpen, reached);
            if (at < width * (height - 1))
                Push(at + width, isOpen, reached);
        }
    }

    private void Push(int at, ReadOnlySpan<bool> isOpen, Span<bool> reached)
    {
        if (!isOpen[at] || reached[at])
            return;
        reached[at] = true;
        _open.Push(at);
    }
}
