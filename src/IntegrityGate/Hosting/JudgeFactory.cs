using IntegrityGate.Budgeting;
using IntegrityGate.Configuration;
using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Rules;
using IntegrityGate.Core.Streams;
using IntegrityGate.Enforcement.Judging;
using IntegrityGate.Enforcement.Marks;
using IntegrityGate.Enforcement.Rules;

namespace IntegrityGate.Hosting;

/// <summary>Makes judges from the settings: the packs that apply and the policy.</summary>
internal sealed class JudgeFactory
{
    // As the detectors choose when none is named.
    private const string DefaultDetector = "frame-v1";

    /// <summary>32 countries that a publisher can name: the European Union has 27.</summary>
    public const int MaxCountries = 32;

    private static readonly TimeSpan s_suspicious = new LookOptions().Suspicious;

    private readonly RulePackLibrary _library;
    private readonly RuleSelection _selection;
    private readonly IReadOnlyList<RulePack> _packs;
    private readonly MarkCatalog _marks;
    private readonly TimeProvider _time;

    /// <summary>Loads the packs.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="time">Clock.</param>
    /// <exception cref="RulePackException">A pack cannot be used.</exception>
    /// <exception cref="ConfigurationException">A pack is not there, packs contradict each other, the policy contradicts itself, or marks or a budget cannot be used; it carries every error.</exception>
    public JudgeFactory(GateOptions options, TimeProvider time)
        : this(options, LibraryOf(options.Rules), time, "")
    {
    }

    /// <summary>Takes packs that are loaded.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="library">The packs.</param>
    /// <param name="time">Clock.</param>
    /// <param name="path">Where the sections stand in the settings, for errors: empty, or a route with a dot behind it.</param>
    /// <exception cref="ConfigurationException">A pack is not there, packs contradict each other, the policy contradicts itself, or marks or a budget cannot be used; it carries every error.</exception>
    public JudgeFactory(GateOptions options, RulePackLibrary library, TimeProvider time, string path)
    {
        _time = time;
        _library = library;
        _selection = options.Rules.Selection;
        _marks = LoadMarks(options.Marks.Folder);
        Policy = PolicyOf(options);
        if (options.FalseAlarms.IsSet)
        {
            (var levels, Notes) = LevelsOf(options);
            Policy = Policy with { Detector = Policy.Detector with { Levels = levels } };
        }

        AudienceParameter = options.Rules.AudienceParameter;
        var errors = JudgePolicyValidator.Validate(Policy, "policy").Select(e => path + SettingOf(e.ToString())).ToList();
        try
        {
            _packs = _library.Select(_selection);
            // What publishers may ask for is all there is.
            var most = AudienceParameter.Length == 0 ? _packs : _library.Select(WithAudience(_library.Audiences));
            errors.AddRange(LabelConflicts.Find(most, Today, Policy.Corner, Policy.Label).Select(e => path + e));
        }
        catch (RulePackException exception)
        {
            _packs = [];
            errors.AddRange(exception.Errors.Select(e => e.Path.StartsWith("rules.", StringComparison.Ordinal) && !e.Path.StartsWith("rules.overrides", StringComparison.Ordinal) ? path + e : e.ToString()));
        }

        if (errors.Count > 0)
            throw new ConfigurationException(errors);
    }

    /// <summary>What an operator should know of the settings.</summary>
    public IReadOnlyList<string> Notes { get; } = [];

    /// <summary>The policy of new streams.</summary>
    public JudgePolicy Policy { get; }

    /// <summary>The packs that rules are chosen from.</summary>
    /// <exception cref="RulePackException">A pack cannot be used.</exception>
    public static RulePackLibrary LibraryOf(RulesOptions rules) => rules.Folder.Length == 0 ? RulePackLibrary.Shipped : RulePackLibrary.Load(rules.Folder);

    /// <summary>The publish parameter that names countries of the audience; empty for none.</summary>
    public string AudienceParameter { get; }

    /// <summary>The labels that may be stamped, by today's law.</summary>
    public IReadOnlyList<StampDirective> Labels
    {
        get
        {
            var all = Obligations.From(_packs, Today);
            return all is not { Presence: not null, TierWording: { } wording } ? [] :
            [
                .. new[] { Tier.Confirmed, Tier.Possible, Tier.Suspected }
                    .Select(tier => new StampDirective(tier, wording.For(tier), (all.Height?.MinHeightFraction ?? Judge.DefaultHeightFraction) * Policy.HeightMargin, Policy.Corner)),
            ];
        }
    }

    /// <summary>A judge for a stream session.</summary>
    public Judge Create(StreamId stream, string sessionId) => Create(stream, sessionId, Policy, _packs);

    /// <summary>
    /// A judge for a stream session whose publisher names countries of its audience. Packs that are for them are added; none is ever
    /// taken away, and what no pack is for adds nothing.
    /// </summary>
    /// <param name="stream">The stream.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="countries">What the publisher sent: codes with commas between them; at most <see cref="MaxCountries"/> are read.</param>
    public Judge Create(StreamId stream, string sessionId, string? countries)
    {
        if (string.IsNullOrEmpty(countries))
            return Create(stream, sessionId);
        var known = _library.Audiences;
        var named = countries.Split(',', MaxCountries + 1, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(MaxCountries).Where(known.Contains);
        return Create(stream, sessionId, Policy, _library.Select(WithAudience(named)));
    }

    /// <summary>
    /// A judge for a file. What a file has to say ends with it, so its samples need spread over no more than half of it; their
    /// least number stays.
    /// </summary>
    public Judge CreateForFile(StreamId stream, string sessionId, TimeSpan duration) => Create(stream, sessionId, PolicyForFile(duration), _packs);

    /// <summary>The policy of <see cref="CreateForFile"/>.</summary>
    public JudgePolicy PolicyForFile(TimeSpan duration)
    {
        var detector = Policy.Detector;
        var spread = duration > TimeSpan.Zero && duration / 2 < detector.MinSpread ? duration / 2 : detector.MinSpread;
        return Policy with { Detector = detector with { MinSpread = spread } };
    }

    private DateOnly Today => DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);

    private RuleSelection WithAudience(IEnumerable<string> countries) =>
        _selection with { Audience = [.. _selection.Audience.Concat(countries).Distinct(StringComparer.OrdinalIgnoreCase)] };

    private Judge Create(StreamId stream, string sessionId, JudgePolicy policy, IReadOnlyList<RulePack> packs) =>
        new(new JudgeContext(stream, sessionId, packs, policy, _time.GetUtcNow()) { Marks = _marks }, () => Guid.CreateVersion7(_time.GetUtcNow()).ToString());

    /// <summary>The detector's levels by a budget of false alarms, and what is to be said of them.</summary>
    /// <exception cref="ConfigurationException">The figures cannot be read, or no level keeps the budget.</exception>
    public static (MeasuredLevels Levels, IReadOnlyList<string> Notes) LevelsOf(GateOptions options)
    {
        try
        {
            var folder = Path.Combine(Composition.FindFolder(options.Inspection.ModelsFolder), options.Inspection.Detector.Length == 0 ? DefaultDetector : options.Inspection.Detector);
            var card = BudgetFigures.OfCard(Path.Combine(folder, "model.json"));
            return BudgetLevels.Choose(options.FalseAlarms, options.FalseAlarms.Figures.Length == 0 ? card : BudgetFigures.OfReport(options.FalseAlarms.Figures, card));
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException([(options.FalseAlarms.Figures.Length == 0 ? "falseAlarms: " : "falseAlarms.figures: ") + exception.Message]);
        }
    }

    private static MarkCatalog LoadMarks(string folder)
    {
        try
        {
            return folder.Length == 0 ? MarkCatalog.Shipped : MarkCatalog.Load(folder);
        }
        catch (MarkCatalogException exception)
        {
            throw new ConfigurationException([.. exception.Errors.Select(e => e.ToString())]);
        }
    }

    // A judge's policy is put together from several sections.
    private static string SettingOf(string error) => error
        .Replace("policy.heightMargin:", "stamp.heightMargin:", StringComparison.Ordinal)
        .Replace("policy.looks.urgent:", "inspection.undecidedInterval:", StringComparison.Ordinal)
        .Replace("policy.looks.interval:", "inspection.interval:", StringComparison.Ordinal)
        .Replace("policy.looks.textInterval:", "inspection.textInterval:", StringComparison.Ordinal);

    private static JudgePolicy PolicyOf(GateOptions options) => new()
    {
        Metadata = options.Policy.Metadata,
        Declaration = options.Policy.Declaration,
        VisibleMark = options.Policy.VisibleMark,
        AudibleMark = options.Policy.AudibleMark,
        Reviewer = options.Policy.Reviewer,
        DetectorStamp = options.Policy.DetectorStamp,
        DetectorReview = options.Policy.DetectorReview,
        StampFor = options.Stamp.Duration,
        Corner = options.Stamp.Corner,
        HeightMargin = options.Stamp.HeightMargin,
        // A pack that asks for it applies only where an operator chose it.
        Continuous = true,
        Replays = options.Inspection.Replays,
        Looks = new LookOptions
        {
            Interval = options.Inspection.Interval,
            TextInterval = options.Inspection.TextInterval,
            Urgent = options.Inspection.UndecidedInterval,
            Suspicious = options.Inspection.Interval < s_suspicious ? options.Inspection.Interval : s_suspicious,
            CalmInterval = options.Inspection.CalmInterval > options.Inspection.Interval ? options.Inspection.CalmInterval : options.Inspection.Interval,
            CalmAfter = options.Inspection.CalmAfter,
        },
    };
}
