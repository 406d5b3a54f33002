using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Time;
using IntegrityGate.Detection.Runtime;

namespace IntegrityGate.Detection.Tests;

public sealed class LookThreadsTests
{
    [Fact]
    public async Task A_detector_works_on_threads_of_its_own_that_yield_to_all_others()
    {
        using var threads = new LookThreads(2);
        var detector = new AskingDetector();
        using var frame = new VideoFrame(default, 16, 16);
        var evidence = await new ThreadedDetector(detector, threads).InspectAsync(frame, TestContext.Current.CancellationToken);
        Assert.Equal(7, evidence.At.Milliseconds);
        Assert.StartsWith("look ", detector.Thread, StringComparison.Ordinal);
        if (OperatingSystem.IsLinux())
            Assert.Equal(Math.Max(LookThreads.Niceness, AskingDetector.NicenessHere()), detector.Niceness); // tests may be run nicer than that themselves
    }

    [Fact]
    public async Task What_a_detector_throws_reaches_the_caller()
    {
        using var threads = new LookThreads(1);
        using var frame = new VideoFrame(default, 16, 16);
        var detector = new ThreadedDetector(new AskingDetector { Fails = true }, threads);
        await Assert.ThrowsAsync<InvalidOperationException>(() => detector.InspectAsync(frame, TestContext.Current.CancellationToken).AsTask());
    }

    private sealed class AskingDetector : IDetector
    {
        public bool Fails { get; init; }

        public string? Thread { get; private set; }

        public int Niceness { get; private set; }

        public ModelReference Model { get; } = new("m", "1", "0");

        public ValueTask<EvidenceItem> InspectAsync(VideoFrame frame, CancellationToken cancellationToken)
        {
            if (Fails)
                throw new InvalidOperationException("by design");
            Thread = System.Threading.Thread.CurrentThread.Name;

            Niceness = NicenessHere();
            return new ValueTask<EvidenceItem>(new TextReading(new MediaTime(7), Model, 16, 16, []));
        }

        public static int NicenessHere()
        {
            // proc_pid_stat(5): niceness is field 19, the seventeenth behind the name in brackets.
            var stat = OperatingSystem.IsLinux() ? File.ReadAllText("/proc/thread-self/stat") : "";
            return stat.Length == 0 ? 0 : int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[16], System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}
