namespace IntegrityGate.Detection.Text;

/// <summary>
/// Finds the lines' cores on a probability map: px above the threshold that touch (8 neighbours) are one region. Row by row over
/// runs of px, joined by union-find. Takes any numbers, NaN too. One finder a worker: it keeps its lists.
/// </summary>
internal sealed class RegionFinder
{
    /// <summary>Regions looked at on one map: 1000, as PaddleOCR has it. Noise makes thousands; a frame has no thousand lines.</summary>
    public const int MaxRegions = 1000;

    /// <summary>Smallest side of a core, map px: 3, as PaddleOCR has it. Smaller ones hold no readable text.</summary>
    public const int MinSide = 3;

    private readonly List<Run> _runs = [];
    private readonly List<int> _parents = [];
    private readonly Dictionary<int, Core> _cores = [];

    /// <summary>Finds regions.</summary>
    /// <param name="map">Probabilities, row by row.</param>
    /// <param name="width">Row length, px.</param>
    /// <param name="height">Rows.</param>
    /// <param name="binaryThreshold">Px above it belong to a core.</param>
    /// <param name="boxThreshold">Regions with a lower mean are dropped.</param>
    public List<TextRegion> Find(ReadOnlySpan<float> map, int width, int height, double binaryThreshold, double boxThreshold)
    {
        CollectRuns(map, width, height, (float)binaryThreshold);
        _cores.Clear();
        for (var i = 0; i < _runs.Count; i++)
        {
            var root = Root(i);
            if (!_cores.TryGetValue(root, out var core))
            {
                if (_cores.Count == MaxRegions)
                    continue;
                _cores[root] = core = new Core();
            }

            core.Add(_runs[i]);
        }

        var regions = new List<TextRegion>();
        foreach (var core in _cores.Values)
        {
            var score = core.Sum / core.Count;
            if (!(score >= boxThreshold) || core.Count < MinSide * MinSide)
                continue;
            var box = MinimumAreaBox.Around(core.Points);
            if (box.Width >= MinSide && box.Height >= MinSide)
                regions.Add(new TextRegion(box, Math.Min(score, 1)));
        }

        return regions;
    }

    private void CollectRuns(ReadOnlySpan<float> map, int width, int height, float threshold)
    {
        _runs.Clear();
        _parents.Clear();
        int aboveFirst = 0, aboveEnd = 0;
        for (var y = 0; y < height; y++)
        {
            var row = map.Slice(y * width, width);
            var first = _runs.Count;
            for (var x = 0; x < width; x++)
            {
                if (!(row[x] > threshold))
                    continue;
                var start = x;
                double sum = 0;
                for (; x < width && row[x] > threshold; x++)
                    sum += row[x];
                _runs.Add(new Run(y, start, x, sum));
                _parents.Add(_parents.Count);
            }

            var above = aboveFirst;
            for (var i = first; i < _runs.Count; i++)
            {
                // Runs of two rows touch when they overlap or meet at a corner.
                while (above < aboveEnd && _runs[above].End < _runs[i].Start)
                    above++;
                for (var k = above; k < aboveEnd && _runs[k].Start <= _runs[i].End; k++)
                    _parents[Root(k)] = Root(i);
            }

            aboveFirst = first;
            aboveEnd = _runs.Count;
        }
    }

    private int Root(int i)
    {
        while (_parents[i] != i)
            i = _parents[i] = _parents[_parents[i]];
        return i;
    }

    private readonly record struct Run(int Y, int Start, int End, double Sum);

    private sealed class Core
    {
        public double Sum { get; private set; }

        public int Count { get; private set; }

        // Corners of the runs: enough for the hull.
        public List<(int X, int Y)> Points { get; } = [];

        public void Add(Run run)
        {
            Sum += run.Sum;
            Count += run.End - run.Start;
            Points.Add((run.Start, run.Y));
            Points.Add((run.End, run.Y));
            Points.Add((run.Start, run.Y + 1));
            Points.Add((run.End, run.Y + 1));
        }
    }
}
