namespace IntegrityGate.EndToEnd.Tests.Support;

/// <summary>Waits for real processes: polls, with a limit that fails the test and says what was awaited.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(50);

    public static async Task<T> GetAsync<T>(string what, Func<Task<T?>> probe, int seconds = 30, Func<string>? details = null)
        where T : class
    {
        using var timer = new PeriodicTimer(s_poll);
        var end = Environment.TickCount64 + (seconds * 1000);
        while (Environment.TickCount64 < end)
        {
            if (await probe() is { } found)
                return found;
            await timer.WaitForNextTickAsync();
        }

        Assert.Fail($"Waited {seconds} s in vain for {what}.\n{details?.Invoke()}");
        throw new InvalidOperationException();
    }

    public static Task TrueAsync(string what, Func<Task<bool>> probe, int seconds = 30, Func<string>? details = null) =>
        GetAsync(what, async () => await probe() ? "yes" : null, seconds, details);

    public static Task TrueAsync(string what, Func<bool> probe, int seconds = 30, Func<string>? details = null) =>
        TrueAsync(what, () => Task.FromResult(probe()), seconds, details);
}
