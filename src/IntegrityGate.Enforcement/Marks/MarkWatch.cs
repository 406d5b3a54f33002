using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Enforcement.Marks;

/// <summary>
/// Follows labels and generators' marks on the picture as traces of generated content (CAC Measures art. 6(3)). A statement counts
/// when it was read twice in one place; a name or a logo when it stayed there for seconds; a name that is also a word only beside
/// another mark of its owner, or when it wanders as its generator's mark does. What counted holds for a while after it was last seen.
/// </summary>
/// <param name="options">Looks and times.</param>
internal sealed class MarkWatch(MarkReadingOptions options)
{
    /// <summary>32 marks followed at a time: when there are more, the one that was not seen for longest goes.</summary>
    public const int Capacity = 32;

    private readonly List<MarkTrack> _tracks = [];
    private MarkReadingOptions _options = options;

    /// <summary>The mark that counts, the first that did when there are several; null when none does.</summary>
    public MarkTrack? Established => _tracks.Where(track => track.IsEstablished).MinBy(track => track.First);

    /// <summary>True when another reading of the text would soon establish the first mark.</summary>
    public bool IsPending => Established is null
        && _tracks.Exists(track => track.Latest.Kind is MarkKind.Statement or MarkKind.Name && track.Asked < _options.MaxUrgentLooks);

    /// <summary>Adds what a reading of the text showed.</summary>
    /// <param name="at">Media time of the frame.</param>
    /// <param name="sightings">The marks on it.</param>
    /// <param name="parts">The parts that were read, px; null for the whole frame.</param>
    public void AddText(MediaTime at, IReadOnlyList<MarkSighting> sightings, IReadOnlyList<PixelBox>? parts) =>
        Add(at, sightings, track => track.Latest.Kind != MarkKind.Logo && (parts is null || parts.Any(part => Holds(part, track.Latest.Box))));

    /// <summary>Adds what a look for logos showed.</summary>
    /// <param name="reading">The look.</param>
    public void AddLogos(LogoReading reading) => Add(
        reading.At,
        [.. reading.Logos.Select(logo => new MarkSighting("logo." + logo.Name, logo.Generator, MarkKind.Logo, false, $"logo of {logo.Generator} ({logo.Name})", logo.Box, logo.Score))],
        track => track.Latest.Kind == MarkKind.Logo);

    /// <summary>Forgets what is too old at a moment.</summary>
    public void Age(MediaTime now) =>
        _tracks.RemoveAll(track => now - track.Last > (track.IsEstablished ? _options.Hold : _options.Window));

    /// <summary>Changes the options from the next look on.</summary>
    public void Use(MarkReadingOptions options) => _options = options;

    /// <summary>Forgets everything.</summary>
    public void Clear() => _tracks.Clear();

    private void Add(MediaTime at, IReadOnlyList<MarkSighting> sightings, Predicate<MarkTrack> covers)
    {
        Age(at);
        var seen = new HashSet<MarkTrack>();
        foreach (var sighting in sightings)
        {
            var track = _tracks.Find(held => !seen.Contains(held) && held.Takes(sighting));
            if (track is null)
                _tracks.Add(track = new MarkTrack(sighting, at));
            else
                track.Add(sighting, at);
            seen.Add(track);
        }

        foreach (var track in _tracks.Where(track => covers(track) && !seen.Contains(track)))
            track.Miss();
        while (_tracks.Count > Capacity)
            _tracks.Remove(_tracks.MinBy(track => track.Last)!);
        foreach (var track in _tracks)
            track.IsEstablished = track.IsEstablished || IsEnough(track);
    }

    private bool IsEnough(MarkTrack track) => track.Latest.Kind switch
    {
        MarkKind.Statement => track.Seen >= _options.StatementLooks && IsMostlyThere(track),
        MarkKind.Word => Stays(track) && (HasCompany(track) || (track.Latest.Wanders && track.HasWandered)),
        _ => Stays(track),
    };

    private bool Stays(MarkTrack track) =>
        track.Seen >= _options.NameLooks && track.Last - track.First >= _options.NameSpread && IsMostlyThere(track);

    private bool IsMostlyThere(MarkTrack track) => track.Seen >= _options.MinShare * track.Asked;

    private bool HasCompany(MarkTrack track) => _tracks.Exists(other =>
        other.Latest.Owner == track.Latest.Owner && other.Latest.Id != track.Latest.Id && other.Seen >= _options.StatementLooks);

    private static bool Holds(PixelBox part, PixelBox box) =>
        box.CentreX >= part.X && box.CentreX <= part.Right && box.CentreY >= part.Y && box.CentreY <= part.Bottom;
}
