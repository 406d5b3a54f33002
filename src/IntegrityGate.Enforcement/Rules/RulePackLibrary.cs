using System.Reflection;
using IntegrityGate.Core.Rules;

namespace IntegrityGate.Enforcement.Rules;

/// <summary>The packs a gate knows: those it ships with and those of the operator's folder.</summary>
public sealed class RulePackLibrary
{
    /// <summary>1 MiB a file: the longest shipped pack has 15 KiB; a larger file is not a pack.</summary>
    public const long MaxFileBytes = 1024 * 1024;

    private readonly Dictionary<string, RulePack> _packs;

    private RulePackLibrary(Dictionary<string, RulePack> packs) => _packs = packs;

    /// <summary>The packs that ship.</summary>
    public static RulePackLibrary Shipped { get; } = Load(folder: null);

    /// <summary>All packs, by id.</summary>
    public IReadOnlyDictionary<string, RulePack> Packs => _packs;

    /// <summary>Loads the shipped packs and an operator's <c>*.json</c> files; a file whose pack has a shipped id replaces that pack.</summary>
    /// <param name="folder">The operator's folder, or null.</param>
    /// <exception cref="RulePackException">Some pack is faulty, or asks for less than the law that it replaces; holds every fault.</exception>
    public static RulePackLibrary Load(string? folder)
    {
        var errors = new List<ValidationError>();
        var packs = new Dictionary<string, RulePack>(StringComparer.Ordinal);
        foreach (var (file, json) in ShippedFiles())
            Add(RulePackReader.Read(json, file), packs, errors);
        var own = new Dictionary<string, RulePack>(StringComparer.Ordinal);
        foreach (var path in OperatorFiles(folder, errors))
        {
            var reading = ReadFile(path);
            if (reading.Pack is { } pack && own.ContainsKey(pack.Id))
                errors.Add(new ValidationError(Path.GetFileName(path) + ": id", $"{pack.Id} stands in another file of the folder too"));
            Add(reading, own, errors);
        }

        foreach (var (id, pack) in own)
        {
            if (packs.TryGetValue(id, out var shipped))
                CheckNotBelow(shipped, pack, errors);
            packs[id] = pack;
        }

        return errors.Count == 0 ? new RulePackLibrary(packs) : throw new RulePackException(errors);
    }

    /// <summary>Picks packs by id, with the gate's own rules added.</summary>
    /// <param name="ids">Ids, the leading pack first.</param>
    /// <exception cref="RulePackException">An id is unknown.</exception>
    public IReadOnlyList<RulePack> Select(IEnumerable<string> ids)
    {
        var errors = new List<ValidationError>();
        var chosen = new List<RulePack>();
        foreach (var id in ids.Append("gate").Distinct(StringComparer.Ordinal))
        {
            if (_packs.TryGetValue(id, out var pack))
                chosen.Add(pack);
            else
                errors.Add(new ValidationError("rulePacks", $"no pack is called {id}; there are {string.Join(", ", _packs.Keys.Order(StringComparer.Ordinal))}"));
        }

        return errors.Count == 0 ? chosen : throw new RulePackException(errors);
    }

    private static void Add(RulePackReading reading, Dictionary<string, RulePack> packs, List<ValidationError> errors)
    {
        errors.AddRange(reading.Errors);
        if (reading.Pack is { } pack)
            packs[pack.Id] = pack;
    }

    private static IEnumerable<(string File, string Json)> ShippedFiles()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith("packs/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return (name["packs/".Length..], reader.ReadToEnd());
        }
    }

    private static string[] OperatorFiles(string? folder, List<ValidationError> errors)
    {
        if (folder is null)
            return [];
        if (Directory.Exists(folder))
            return [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)];
        errors.Add(new ValidationError("rulePackFolder", $"there is no folder {folder}"));
        return [];
    }

    private static RulePackReading ReadFile(string path)
    {
        var name = Path.GetFileName(path);
        try
        {
            return new FileInfo(path).Length > MaxFileBytes
                ? new RulePackReading(null, [new ValidationError(name, $"over {MaxFileBytes} bytes")])
                : RulePackReader.Read(File.ReadAllText(path), name);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new RulePackReading(null, [new ValidationError(name, exception.Message)]);
        }
    }

    // An operator may ask for more than the law, not for less.
    private static void CheckNotBelow(RulePack law, RulePack own, List<ValidationError> errors)
    {
        foreach (var rule in law.Rules)
        {
            var path = $"{own.Id}: {rule.Id}";
            switch (rule, own.Rules.FirstOrDefault(other => other.Id == rule.Id))
            {
                case (_, null):
                    errors.Add(new ValidationError(path, $"the pack that replaces {law.Id} leaves out {rule.Clause}"));
                    break;
                case (LabelHeightRule least, LabelHeightRule asked) when asked.MinHeightFraction < least.MinHeightFraction:
                    errors.Add(new ValidationError(path + ".minHeightFraction", FormattableString.Invariant($"{asked.MinHeightFraction} is under {rule.Clause} minimum {least.MinHeightFraction}")));
                    break;
                case (LabelDurationRule least, LabelDurationRule asked) when asked.MinDuration < least.MinDuration:
                    errors.Add(new ValidationError(path + ".minSeconds", FormattableString.Invariant($"{asked.MinDuration.TotalSeconds} is under {rule.Clause} minimum {least.MinDuration.TotalSeconds}")));
                    break;
                case (_, { } other) when other.GetType() != rule.GetType():
                    errors.Add(new ValidationError(path + ".kind", "the kind of a shipped rule cannot change"));
                    break;
                default:
                    break;
            }
        }
    }
}
