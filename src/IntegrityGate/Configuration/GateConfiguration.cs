using System.Reflection;

namespace IntegrityGate.Configuration;

/// <summary>Where settings come from, later ones win: the embedded defaults, a file, the environment, flags of the command line.</summary>
public static class GateConfiguration
{
    /// <summary>Prefix of environment variables.</summary>
    public const string EnvironmentPrefix = "INTEGRITYGATE__";

    /// <summary>Puts the sources together.</summary>
    /// <param name="file">A YAML file, or null.</param>
    /// <param name="flags">Keys set on the command line.</param>
    /// <exception cref="ConfigurationException">The file cannot be read as YAML.</exception>
    public static IConfigurationRoot Build(string? file, IReadOnlyDictionary<string, string?> flags)
    {
        try
        {
            var builder = new ConfigurationBuilder().AddYamlStream(OpenDefaults());
            if (file is not null)
                builder.AddYamlFile(Path.GetFullPath(file), optional: false, reloadOnChange: true);
            return builder.AddEnvironmentVariables(EnvironmentPrefix).AddInMemoryCollection(flags).Build();
        }
        catch (Exception exception) when (exception is FileNotFoundException or YamlDotNet.Core.YamlException or FormatException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException([$"{file}: {(exception.InnerException ?? exception).Message}"]);
        }
    }

    /// <summary>The commented defaults, as YAML.</summary>
    public static Stream OpenDefaults() =>
        Assembly.GetExecutingAssembly().GetManifestResourceStream("IntegrityGate.Configuration.integritygate.yaml")
        ?? throw new InvalidOperationException("The embedded defaults are missing from the build.");
}
