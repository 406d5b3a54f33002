using IntegrityGate.Budgeting;
using IntegrityGate.Configuration;
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

    private static readonly TimeSpan s_suspicious = new LookOptions().Suspicious;

    private readonly IReadOnlyList<RulePack> _packs;
    private readonly MarkCatalog _marks;
    private readonly TimeProvider _time;

    /// <summary>Loads the packs.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="time">Clock.</param>
    /// <exception cref="RulePackException">A pack cannot be used or is not there.</exception>
    /// <exception cref="ConfigurationException">The policy contradicts itself, or marks or a budget cannot be used.</exception>
    public JudgeFactory(GateOptions options, TimeProvider time)
        : this(options, LibraryOf(options.Rules), time, "")
    {
    }

    /// <summary>Takes packs that are loaded.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="library">The packs.</param>
    /// <param name="time">Clock.</param>
    /// <param name="path">Where the sections stand in the settings, for errors: empty, or a route with a dot behind it.</param>
    /// <exception cref="RulePackException">A pack is not there.</exception>
    /// <exception cref="ConfigurationException">The policy contradicts itself, or marks or a budget cannot be used.</exception>
    public JudgeFactory(GateOptions options, RulePackLibrary library, TimeProvider time, string path)
    {
        _time = time;
        _packs = library.Select(options.Rules.Packs);
        _marks = LoadMarks(options.Marks.Folder);
        Policy = PolicyOf(options);
        if (options.FalseAlarms.IsSet)
        {
            (var levels, Notes) = LevelsOf(options);
            Policy = Policy with { Detector = Policy.Detector with { Levels = levels } };
        }

        var errors = JudgePolicyValidator.Validate(Policy, "policy");
        if (errors.Count > 0)
            throw new ConfigurationException([.. errors.Select(e => path + SettingOf(e.ToString()))]);
    }

    /// <summary>What an operator should know of the settings.</summary>
    public IReadOnlyList<string> Notes { get; } = [];

    /// <summary>The policy of new streams.</summary>
    public JudgePolicy Policy { get; }

    /// <summary>The packs that rules are chosen from.</summary>
    /// <exception cref="RulePackException">A pack cannot be used.</exception>
    public static RulePackLibrary LibraryOf(RulesOptions rules) => rules.Folder.Length == 0 ? RulePackLibrary.Shipped : RulePackLibrary.Load(rules.Folder);

    /// <summary>A judge for a stream session.</summary>
    public Judge Create(StreamId stream, string sessionId) => Create(stream, sessionId, Policy);

    /// <summary>
    /// A judge for a file. What a file has to say ends with it, so its samples need spread over no more than half of it; their
    /// least number stays.
    /// </summary>
    public Judge CreateForFile(StreamId stream, string sessionId, TimeSpan duration) => Create(stream, sessionId, PolicyForFile(duration));

    /// <summary>The policy of <see cref="CreateForFile"/>.</summary>
    public JudgePolicy PolicyForFile(TimeSpan duration)
    {
        var detector = Policy.Detector;
        var spread = duration > TimeSpan.Zero && duration / 2 < detector.MinSpread ? duration / 2 : detector.MinSpread;
        return Policy with { Detector = detector with { MinSpread = spread } };
    }

    private Judge Create(StreamId stream, string sessionId, JudgePolicy policy) =>
        new(new JudgeContext(stream, sessionId, _packs, policy, _time.GetUtcNow()) { Marks = _marks }, () => Guid.CreateVersion7(_time.GetUtcNow()).ToString());

    private static (MeasuredLevels Levels, IReadOnlyList<string> Notes) LevelsOf(GateOptions options)
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
        Reviewer = options.Policy.Reviewer,
        DetectorStamp = options.Policy.DetectorStamp,
        DetectorReview = options.Policy.DetectorReview,
        StampFor = options.Stamp.Duration,
        Corner = options.Stamp.Corner,
        HeightMargin = options.Stamp.HeightMargin,
        Continuous = options.Rules.Continuous,
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
