using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Time;
using IntegrityGate.Enforcement.Judging;

namespace IntegrityGate.Enforcement.Labels;

/// <summary>
/// Follows the labels that were heard. One is enough: the law asks for one (GB 45438-2025 5.3), and the detectors do not answer to one moment
/// but to a whole rhythm or phrase.
/// </summary>
/// <param name="options">How long and how many.</param>
internal sealed class AudibleWatch(AudibleOptions options)
{
    private readonly List<AudibleMark> _heard = [];
    private AudibleOptions _options = options;

    /// <summary>Media time of the first label that still counts; null when there is none.</summary>
    public MediaTime? Since { get; private set; }

    /// <summary>The labels that still count, in the order of time; the newest ones when there are many.</summary>
    public IReadOnlyList<AudibleMark> Heard => _heard;

    /// <summary>Adds what was heard; what was heard already, in windows that overlap, counts once.</summary>
    public void Add(AudioReading reading)
    {
        foreach (var mark in reading.Marks)
        {
            if (_heard.Exists(known => IsSame(known, mark)))
                continue;
            _heard.Add(mark);
            _heard.Sort(static (one, other) => one.At.CompareTo(other.At));
            if (_heard.Count > _options.MaxKept)
                _heard.RemoveAt(0);
            Since = Since is { } since && since <= mark.At ? since : mark.At;
        }
    }

    /// <summary>Forgets what is too old at a moment.</summary>
    public void Age(MediaTime now)
    {
        _heard.RemoveAll(mark => now - mark.At > _options.Hold);
        if (_heard.Count == 0)
            Since = null;
    }

    /// <summary>Changes the options from the next label on.</summary>
    public void Use(AudibleOptions options) => _options = options;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _heard.Clear();
        Since = null;
    }

    // Within half their length: two of a kind cannot overlap by more.
    private static bool IsSame(AudibleMark known, AudibleMark mark) =>
        known.Kind == mark.Kind && known.Name == mark.Name && (known.At - mark.At).Duration() < mark.Length / 2;
}
