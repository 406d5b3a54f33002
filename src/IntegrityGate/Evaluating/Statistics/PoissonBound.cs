namespace IntegrityGate.Evaluating.Statistics;

/// <summary>How many events a time without, or with few, events allows.</summary>
internal static class PoissonBound
{
    /// <summary>
    /// The one-sided 95 % upper bound of the expected number of events when so many were seen (Garwood, Biometrika 28, 1936): the
    /// mean at which so few or fewer come up 5 times in 100. For none it is 3.0, hence "none in h hours means at most 3/h".
    /// </summary>
    /// <param name="events">Events seen, 0 or more.</param>
    public static double Upper95(int events)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(events);
        double low = events;
        var high = events + 10 + (5 * Math.Sqrt(events));
        // 60 halvings of a stretch of some hundred end below the last digit of a double.
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            if (AtMost(events, middle) > 0.05)
                low = middle;
            else
                high = middle;
        }

        return (low + high) / 2;
    }

    private static double AtMost(int events, double mean)
    {
        double sum = 0;
        var log = -mean;
        for (var k = 0; k <= events; k++)
        {
            sum += Math.Exp(log);
            log += Math.Log(mean) - Math.Log(k + 1);
        }

        return sum;
    }
}
