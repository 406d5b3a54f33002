using IntegrityGate.Core.Time;

namespace IntegrityGate.Enforcement.Labels;

/// <summary>Measures how long a sufficient label was on screen, from looks that only bracket it. Lives for one assessment.</summary>
/// <param name="least">Least time on screen.</param>
/// <param name="since">Beginning of the stretch.</param>
/// <param name="wasMet">True when the duty was already met once in this stretch.</param>
internal sealed class LabelRun(TimeSpan least, MediaTime since, bool wasMet)
{
    private const double SamePlace = 0.3;

    private MediaTime _before = since;
    private MediaTime _first;
    private LabelFinding? _last;
    private LabelFinding? _miss;

    /// <summary>Least time on screen.</summary>
    public TimeSpan Least => least;

    /// <summary>Looks so far.</summary>
    public int Looks { get; private set; }

    /// <summary>Runs that ended.</summary>
    public int Breaks { get; private set; }

    /// <summary>True when the newest look shows the label.</summary>
    public bool IsOn => _last is not null && _miss is null;

    /// <summary>True when the label was shown for its least time.</summary>
    public bool WasMet { get; private set; } = wasMet;

    /// <summary>True when the last run cannot have lasted the least time.</summary>
    public bool WasTooShort { get; private set; }

    /// <summary>The first look without the label after the last run.</summary>
    public MediaTime? Ended { get; private set; }

    /// <summary>Adds a look.</summary>
    public void Add(LabelFinding look)
    {
        Looks++;
        if (look.State == LabelState.Sufficient)
        {
            if (_last is null || !Bridges(look))
                _first = look.At;
            _last = look;
            _miss = null;
            // What two looks bracket is the least that was shown.
            WasMet |= look.At - _first >= least;
        }
        else if (IsOn)
        {
            _miss = look;
            Ended = look.At;
            End(look.At);
        }
        else
        {
            _last = null;
            _miss = null;
            _before = look.At;
        }
    }

    // One look without text between two that show the label in the same place is the reader's miss, not the label's absence.
    private bool Bridges(LabelFinding look)
    {
        if (_miss is null)
            return true;
        var same = _miss.State == LabelState.None && look.Box is { } box && _last!.Box is { } held && box.Overlap(held) >= SamePlace;
        if (same)
            Breaks--;
        else
            _before = _miss.At;
        return same;
    }

    private void End(MediaTime at)
    {
        // It may have stood from the look before its first up to this one: only if even that is too little is it too short.
        Breaks++;
        var couldHaveBeenMet = at - _before >= least;
        WasTooShort = !WasMet && !couldHaveBeenMet;
        WasMet |= couldHaveBeenMet;
    }
}
