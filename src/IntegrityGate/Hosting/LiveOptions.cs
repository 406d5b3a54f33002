using System.Globalization;
using IntegrityGate.Configuration;
using IntegrityGate.Enforcement.Rules;
using IntegrityGate.Routing;
using Microsoft.Extensions.Primitives;

namespace IntegrityGate.Hosting;

/// <summary>
/// The settings in force. A file that changes is read again and, when it is valid as a whole, holds for streams that begin
/// after it; running streams keep theirs, and a bad file changes nothing but the log.
/// </summary>
internal sealed partial class LiveOptions : IDisposable
{
    private readonly IConfigurationRoot _configuration;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly IDisposable _subscription;
    private Settings _current;

    /// <param name="configuration">The sources.</param>
    /// <param name="initial">The settings that were read at start.</param>
    /// <param name="time">Clock.</param>
    /// <param name="logger">Log.</param>
    public LiveOptions(IConfigurationRoot configuration, Settings initial, TimeProvider time, ILogger<LiveOptions> logger)
    {
        _configuration = configuration;
        _current = initial;
        _time = time;
        _logger = logger;
        Note(initial);
        _subscription = ChangeToken.OnChange(configuration.GetReloadToken, Reload);
    }

    /// <summary>Settings and what follows from them.</summary>
    /// <param name="Options">The settings.</param>
    /// <param name="Judges">Judges by each route's rules and policy.</param>
    public sealed record Settings(GateOptions Options, IReadOnlyDictionary<StreamRoute, JudgeFactory> Judges)
    {
        /// <summary>Makes what follows from settings.</summary>
        /// <exception cref="RulePackException">A pack cannot be used or is not there.</exception>
        /// <exception cref="ConfigurationException">Settings contradict each other; it carries the errors of every route.</exception>
        public static Settings Of(GateOptions options, TimeProvider time)
        {
            var routes = options.Routes.Routes;
            var judges = new Dictionary<StreamRoute, JudgeFactory>();
            var libraries = new Dictionary<string, RulePackLibrary>(StringComparer.Ordinal); // a folder is read once, however many routes take it
            var errors = new List<string>();
            for (var index = 0; index < routes.Count; index++)
            {
                var route = routes[index];
                if (!libraries.TryGetValue(route.Rules.Folder, out var library))
                    libraries[route.Rules.Folder] = library = JudgeFactory.LibraryOf(route.Rules);
                try
                {
                    var path = route.Name == StreamRoute.DefaultName ? "" : string.Create(CultureInfo.InvariantCulture, $"routes.{index}.");
                    judges[route] = new JudgeFactory(options.For(route), library, time, path);
                }
                catch (ConfigurationException exception)
                {
                    errors.AddRange(exception.Errors);
                }
            }

            return errors.Count == 0 ? new Settings(options, judges) : throw new ConfigurationException([.. errors.Distinct(StringComparer.Ordinal)]);
        }

        /// <summary>Judges of a route of these settings.</summary>
        public JudgeFactory JudgesOf(StreamRoute route) => Judges[route];
    }

    /// <summary>What holds for streams that begin now.</summary>
    public Settings Current => Volatile.Read(ref _current);

    /// <inheritdoc/>
    public void Dispose() => _subscription.Dispose();

    private void Reload()
    {
        try
        {
            var options = GateOptionsReader.Read(_configuration);
            if (options == Current.Options)
                return;
            Volatile.Write(ref _current, Settings.Of(options, _time));
            Log.Reloaded(_logger);
            Note(Current);
        }
        catch (Exception exception) when (exception is ConfigurationException or RulePackException or IOException)
        {
            Log.Refused(_logger, exception.Message);
        }
    }

    private void Note(Settings settings)
    {
        foreach (var note in settings.Judges.Values.SelectMany(judges => judges.Notes).Distinct(StringComparer.Ordinal))
            Log.Noted(_logger, note);
    }

    private static partial class Log
    {
        [LoggerMessage(6400, LogLevel.Information, "The settings were read again; they hold for streams that begin now. Ports, data folder and the choice of models change with a restart.")]
        public static partial void Reloaded(ILogger logger);

        [LoggerMessage(6402, LogLevel.Warning, "{Note}")]
        public static partial void Noted(ILogger logger, string note);

        [LoggerMessage(6401, LogLevel.Warning, "The changed settings are not used: {Errors}")]
        public static partial void Refused(ILogger logger, string errors);
    }
}
