using System.Numerics;
using IntegrityGate.Core.Evidence;

namespace IntegrityGate.Enforcement.Judging.Replays;

/// <summary>
/// Finds a picture that stands still for long, with or without an overlay that moves. Each look is compared with the picture near the
/// beginning, in 8 x 8 blocks of points. Only blocks with texture count: a dark or white wall stays the same under any camera,
/// whereas a camera's noise makes an encoder draw texture anew at every key frame.
/// </summary>
/// <param name="options">Thresholds.</param>
internal sealed class StillWatch(ReplayOptions options)
{
    private const int Blocks = 8;
    private const int BlockSide = PicturePrint.Side / Blocks;

    // Grey levels between the darkest and the lightest point of a block with texture.
    private const int Texture = 32;

    // Grey levels by which a point may change: an encoder's last refinement of a still picture was seen to take up to 3.
    private const int Tolerance = 3;

    // A block is still when at most a fifth of the looks found it changed: the overlay's letters spill over now and then.
    private const double BlockShare = 0.8;

    // Fewer looks than this say nothing, however far they are apart.
    private const int LeastLooks = 10;

    // With fewer textured blocks the picture is a plain card: nobody poses as live with that.
    private const int LeastTextured = 8;

    // An encoder short of bits draws the key frames of one picture in a few qualities; a look may be like any of these.
    private const int MaxReferences = 4;

    // So many looks in a row that are like none of them are another picture, or a camera.
    private const int MissesToMoveOn = 3;

    // The first key frames of a picture refine it; the one after so many looks is what it is compared with.
    private const int SettledAfter = 5;

    private readonly int[] _changed = new int[Blocks * Blocks];
    private readonly bool[] _textured = new bool[Blocks * Blocks];
    private PicturePrint? _first;
    private readonly List<PicturePrint> _references = [];
    private bool _settled;
    private int _misses;
    private int _missed;
    private int _texturedCount;
    private int _looks;

    /// <summary>The picture that stands now; null when there is none.</summary>
    public StillFinding? Finding { get; private set; }

    /// <summary>Adds a look.</summary>
    public void Add(PicturePrint print)
    {
        if (_first is not { } first || print.At < first.At || options.StillAfter <= TimeSpan.Zero)
        {
            Begin(print);
            return;
        }

        var changed = ulong.MaxValue;
        foreach (var reference in _references)
        {
            if (Changed(reference.Points.Span, print.Points.Span) is var bits && BitOperations.PopCount(bits) < BitOperations.PopCount(changed))
                changed = bits;
        }

        if (_texturedCount < LeastTextured || _texturedCount - BitOperations.PopCount(changed) < _texturedCount * options.StillShare * BlockShare)
        {
            Miss(first, print);
            return;
        }

        _misses = 0;
        _looks++;
        for (var block = 0; block < _changed.Length; block++)
            _changed[block] += (int)(changed >> block) & 1;
        if (!_settled && _looks >= SettledAfter)
        {
            CompareWith(print);
            _settled = true;
        }

        if (print.At - first.At < options.StillAfter || _looks < LeastLooks)
            return;
        var share = Share();
        if (share >= options.StillShare && _missed <= (_looks + _missed) * (1 - BlockShare))
            Finding = new StillFinding(first.At, print.At, _looks, share, first.Hash);
        else
            Begin(print);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _first = null;
        _references.Clear();
        Finding = null;
    }

    // Not like the picture that stood: another quality of it, or the end of its standing.
    private void Miss(PicturePrint first, PicturePrint print)
    {
        _missed++;
        if (++_misses >= MissesToMoveOn || _texturedCount < LeastTextured)
        {
            Begin(print);
            return;
        }

        if (print.Hash.DistanceTo(first.Hash) > options.MatchBits)
            return;
        if (_references.Count == MaxReferences)
            _references.RemoveAt(0);
        _references.Add(print);
    }

    private double Share()
    {
        var never = 0;
        for (var block = 0; block < _changed.Length; block++)
            never += _textured[block] && _changed[block] <= _looks * (1 - BlockShare) ? 1 : 0;
        return (double)never / _texturedCount;
    }

    private void Begin(PicturePrint print)
    {
        Finding = null;
        _first = print;
        _settled = false;
        _misses = 0;
        CompareWith(print);
    }

    private void CompareWith(PicturePrint print)
    {
        _references.Clear();
        _references.Add(print);
        _looks = 0;
        _missed = 0;
        _texturedCount = 0;
        Array.Clear(_changed);
        for (var block = 0; block < _textured.Length; block++)
        {
            _textured[block] = HasTexture(print.Points.Span, block);
            _texturedCount += _textured[block] ? 1 : 0;
        }
    }

    // One bit a textured block that changed.
    private ulong Changed(ReadOnlySpan<byte> before, ReadOnlySpan<byte> now)
    {
        var changed = 0UL;
        for (var block = 0; block < _changed.Length; block++)
        {
            if (_textured[block] && IsChanged(before, now, block))
                changed |= 1UL << block;
        }

        return changed;
    }

    private static int FirstPoint(int block) => (block / Blocks * BlockSide * PicturePrint.Side) + (block % Blocks * BlockSide);

    private static bool HasTexture(ReadOnlySpan<byte> points, int block)
    {
        var (darkest, lightest) = (255, 0);
        for (var y = 0; y < BlockSide; y++)
        {
            foreach (var point in points.Slice(FirstPoint(block) + (y * PicturePrint.Side), BlockSide))
            {
                darkest = Math.Min(darkest, point);
                lightest = Math.Max(lightest, point);
            }
        }

        return lightest - darkest >= Texture;
    }

    private static bool IsChanged(ReadOnlySpan<byte> before, ReadOnlySpan<byte> now, int block)
    {
        for (var y = 0; y < BlockSide; y++)
        {
            var at = FirstPoint(block) + (y * PicturePrint.Side);
            for (var x = at; x < at + BlockSide; x++)
            {
                if (Math.Abs(before[x] - now[x]) > Tolerance)
                    return true;
            }
        }

        return false;
    }
}
