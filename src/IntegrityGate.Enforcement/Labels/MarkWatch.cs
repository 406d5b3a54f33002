using IntegrityGate.Core.Time;

namespace IntegrityGate.Enforcement.Labels;

/// <summary>Follows labels and generators' marks on the picture as traces of generated content (CAC Measures art. 6(3)): a trace counts once it was seen in enough looks and for a while after it was last seen.</summary>
/// <param name="options">Looks and times.</param>
internal sealed class MarkWatch(LabelReadingOptions options)
{
    private readonly List<LabelFinding> _seen = [];
    private LabelReadingOptions _options = options;
    private bool _established;

    /// <summary>Media time of the first look of the present trace; null while there is none.</summary>
    public MediaTime? Since { get; private set; }

    /// <summary>The newest look that showed it.</summary>
    public LabelFinding? Latest => _seen.Count > 0 ? _seen[^1] : null;

    /// <summary>True when a trace was seen and another look would establish it.</summary>
    public bool IsPending => !_established && _seen.Count > 0;

    /// <summary>Adds a look and forgets what is too old.</summary>
    public void Add(LabelFinding finding)
    {
        Age(finding.At);
        if (finding.Trace is null)
            return;
        _seen.Add(finding);
        if (_seen.Count > _options.MarkLooks)
            _seen.RemoveAt(0);
        if (_established || _seen.Count < _options.MarkLooks)
            return;
        _established = true;
        Since = _seen[0].At;
    }

    /// <summary>Forgets what is too old at a moment.</summary>
    public void Age(MediaTime now)
    {
        if (_established)
        {
            if (now - _seen[^1].At > _options.MarkHold)
                Clear();
            return;
        }

        _seen.RemoveAll(look => now - look.At > _options.MarkWindow);
    }

    /// <summary>Changes the options from the next look on.</summary>
    public void Use(LabelReadingOptions options) => _options = options;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _seen.Clear();
        _established = false;
        Since = null;
    }
}
