using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Enforcement.Marks;

/// <summary>One mark over time, in one place or, when its generator moves it, in several.</summary>
internal sealed class MarkTrack
{
    /// <summary>0.3 of the union: boxes of one text on two frames differ by the reader's margins, those of the next line of chat share nothing.</summary>
    public const double SamePlace = 0.3;

    private readonly List<PixelBox> _places = [];

    public MarkTrack(MarkSighting sighting, MediaTime at)
    {
        First = at;
        Latest = sighting;
        Add(sighting, at);
    }

    /// <summary>The first look that showed it.</summary>
    public MediaTime First { get; }

    /// <summary>The newest look that showed it.</summary>
    public MediaTime Last { get; private set; }

    /// <summary>What the newest look showed.</summary>
    public MarkSighting Latest { get; private set; }

    /// <summary>Looks that showed it.</summary>
    public int Seen { get; private set; }

    /// <summary>Looks at its place since the first.</summary>
    public int Asked { get; private set; }

    /// <summary>True once it counts.</summary>
    public bool IsEstablished { get; set; }

    /// <summary>True when it was seen in places far from each other: apart both ways of a column of chat, whose lines share their left edge.</summary>
    public bool HasWandered => _places.Exists(place => Math.Abs(place.CentreX - _places[0].CentreX) > 2 * Math.Max(place.Width, _places[0].Width));

    /// <summary>True when a sighting is of this mark.</summary>
    public bool Takes(MarkSighting sighting) => sighting.Id == Latest.Id && sighting.Kind == Latest.Kind
        && (sighting.Wanders || sighting.Box.Overlap(Latest.Box) >= SamePlace);

    /// <summary>A look shows it.</summary>
    public void Add(MarkSighting sighting, MediaTime at)
    {
        Last = at;
        Latest = sighting;
        Seen++;
        Asked++;
        // 8 places: a mark that wanders has three or four.
        if (_places.Count < 8 && !_places.Exists(place => place.Overlap(sighting.Box) >= SamePlace))
            _places.Add(sighting.Box);
    }

    /// <summary>A look at its place does not show it.</summary>
    public void Miss() => Asked++;
}
