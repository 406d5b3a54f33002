using System.Diagnostics;

namespace IntegrityGate.Media.Tests.Rtmp;

/// <summary>Waits for what another thread or the network is about to do; says what it waited for when it never comes.</summary>
internal static class Eventually
{
    public static async Task IsTrue(Func<bool> condition, string what)
    {
        var started = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(started.Elapsed < TimeSpan.FromSeconds(20), $"never came true: {what}");
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
    }
}
