using System.Collections.Concurrent;
using System.Text.Json;
using IntegrityGate.Media.Transport;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrityGate.LoadHarness.Load;

/// <summary>
/// The load process: publishers and sink together, so that both ends of a packet's way are on one clock. It reads a request a line and answers
/// each with a report a line. A process of its own, so that it can be pinned to a core and its time counted.
/// </summary>
internal static class LoadLoop
{
    /// <summary>Runs until its input ends.</summary>
    public static async Task RunAsync(TextReader input, TextWriter output, CancellationToken ct)
    {
        var streams = new ConcurrentDictionary<string, PublishedStream>();
        using var loops = new EventLoops(1, TimeSpan.Zero, NullLogger<EventLoops>.Instance); // on one core: a second would only take turns with it
        await using var sink = new Sink(streams, loops);
        Write(new LoadReport { SinkPort = await sink.StartAsync() });
        Generator? generator = null;
        Players? players = null;
        while (await ReadLineAsync(input, ct) is { } line)
        {
            var request = JsonSerializer.Deserialize<LoadRequest>(line)!;
            try
            {
                if (request.Verb != LoadVerb.Stop)
                    generator?.ThrowIfFailed();
                if (request.Verb == LoadVerb.Start)
                {
                    generator = new Generator(streams, loops);
                    await generator.StartAsync(request, ct);
                }
                else if (request.Verb == LoadVerb.Play)
                {
                    players = new Players(loops);
                    await players.StartAsync(new Uri(request.Target), request.Streams, ct);
                }
                else if (request.Verb == LoadVerb.Stop)
                {
                    await StopAsync();
                }
                else if (request.Verb == LoadVerb.Mark)
                {
                    foreach (var (_, stream) in streams)
                        stream.Mark();
                    players?.Mark();
                }

                Write(request.Verb == LoadVerb.Report ? Report(streams.Values, players) : new LoadReport());
            }
#pragma warning disable CA1031 // whatever it is, the harness is told and decides
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Write(new LoadReport { Error = exception.Message });
            }
        }

        await StopAsync();

        async Task StopAsync()
        {
            if (players is not null)
                await players.DisposeAsync();
            if (generator is not null)
                await generator.DisposeAsync();
            (players, generator) = (null, null);
        }

        void Write(LoadReport report)
        {
            output.WriteLine(JsonSerializer.Serialize(report));
            output.Flush();
        }
    }

    // Reading a console blocks whatever thread it is on. On one core the thread pool has one thread, and a second one only after half a second's want:
    // packets would wait for that.
    private static Task<string?> ReadLineAsync(TextReader input, CancellationToken ct) =>
        Task.Factory.StartNew(input.ReadLine, ct, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static LoadReport Report(ICollection<PublishedStream> streams, Players? players)
    {
        var (sent, unmatched) = (0L, 0L);
        var (intact, altered) = (new List<float>(), new List<float>());
        foreach (var stream in streams)
        {
            stream.Read(tally =>
            {
                sent += tally.Sent;
                unmatched += tally.Unmatched;
                intact.AddRange(tally.Intact);
                altered.AddRange(tally.Altered);
            });
        }

        return new LoadReport
        {
            Flowing = streams.Count(stream => stream.IsFlowing),
            Sent = sent,
            Unmatched = unmatched,
            Intact = LatencySummary.Of(intact),
            Altered = LatencySummary.Of(altered),
            LatenessMilliseconds = streams.Select(stream => stream.LatenessMilliseconds).DefaultIfEmpty().Max(),
            Players = players?.Count ?? 0,
            PlayedBytes = players?.Bytes ?? 0,
            Switches = [.. streams.Select(stream => stream.Switch).OfType<SwitchRecord>()],
        };
    }
}
