using System.Reflection;
using IntegrityGate.Core.Rules;

namespace IntegrityGate.Enforcement.Rules;

/// <summary>The packs a gate knows: those it ships with and those of the operator's folder.</summary>
public sealed class RulePackLibrary
{
    /// <summary>1 MiB a file: the longest shipped pack has 15 KiB; a larger file is not a pack.</summary>
    public const long MaxFileBytes = 1024 * 1024;

    private readonly Dictionary<string, RulePack> _packs;
    private readonly Dictionary<string, RulePack> _shipped;
    private readonly Dictionary<string, Rule> _law;

    private RulePackLibrary(Dictionary<string, RulePack> packs, Dictionary<string, RulePack> shipped)
    {
        _packs = packs;
        _shipped = shipped;
        _law = shipped.Values.SelectMany(pack => pack.Rules).ToDictionary(rule => rule.Id, StringComparer.Ordinal);
    }

    /// <summary>Every audience that some pack is for.</summary>
    public IReadOnlySet<string> Audiences => _packs.Values.SelectMany(pack => pack.Audience).ToHashSet(StringComparer.OrdinalIgnoreCase);

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
        var law = new Dictionary<string, RulePack>(packs, StringComparer.Ordinal);
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

        return errors.Count == 0 ? new RulePackLibrary(packs, law) : throw new RulePackException(errors);
    }

    /// <summary>The packs that a selection makes apply, the leading one first and the gate's own rules last.</summary>
    /// <param name="selection">What an operator chose.</param>
    /// <exception cref="RulePackException">The selection names what is not there, or asks for less than the law; holds every fault.</exception>
    public IReadOnlyList<RulePack> Select(RuleSelection selection)
    {
        var selector = new RuleSelector(this, selection);
        var packs = selector.Select();
        return selector.Errors.Count == 0 ? packs : throw new RulePackException(selector.Errors);
    }

    /// <summary>Picks packs by id, with the gate's own rules added.</summary>
    /// <param name="ids">Ids, the leading pack first.</param>
    /// <exception cref="RulePackException">An id is unknown.</exception>
    public IReadOnlyList<RulePack> Select(IEnumerable<string> ids) => Select(new RuleSelection { Packs = [.. ids] });

    /// <summary>A pack as it ships; null when it is the operator's own.</summary>
    /// <param name="id">Its id.</param>
    public RulePack? Shipping(string id) => _shipped.GetValueOrDefault(id);

    /// <summary>A rule as it ships; null when no shipped pack has it.</summary>
    /// <param name="ruleId">Its id.</param>
    public Rule? LawOf(string ruleId) => _law.GetValueOrDefault(ruleId);

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
        errors.Add(new ValidationError("rules.folder", $"there is no folder {folder}"));
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

    // An operator may ask for more than the law, and for less only with its clause named.
    private static void CheckNotBelow(RulePack law, RulePack own, List<ValidationError> errors)
    {
        foreach (var rule in law.Rules)
        {
            foreach (var (parameter, message) in LegalMinimum.FaultsOf(rule, own.Rules.FirstOrDefault(other => other.Id == rule.Id)))
                errors.Add(new ValidationError(parameter.Length == 0 ? $"{own.Id}: {rule.Id}" : $"{own.Id}: {rule.Id}.{parameter}", message));
        }
    }
}
