using System.Security.Cryptography;
using Grpc.Core;
using Wire = IntegrityGate.Reporting.V1;

namespace IntegrityGate.Reporting.Tests;

public sealed class EvidenceTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(65_536, 1)]
    [InlineData(65_537, 2)]
    [InlineData(400_000, 7)]
    public async Task A_picture_comes_back_whole_in_chunks_with_its_hash(int bytes, int chunks)
    {
        await using var host = await FeedHost.StartAsync();
        var picture = Samples.Picture("frame-1", bytes);
        var incident = Samples.Incident() with { EvidenceIds = ["frame-1"] };
        await host.OpenedAsync(incident, picture);

        var messages = await ReadAsync(host, "frame-1");

        Assert.Equal(chunks, messages.Count);
        Assert.All(messages, message => Assert.InRange(message.Chunk.Length, 1, 65_536));
        Assert.All(messages.Skip(1), message => Assert.Null(message.Info));
        var info = messages[0].Info;
        Assert.Equal(
            ("frame-1", incident.Id, "image/jpeg", bytes, 1920, 1080, 4.0),
            (info.EvidenceId, info.IncidentId, info.ContentType, info.SizeBytes, info.Width, info.Height, info.At.ToTimeSpan().TotalSeconds));
        byte[] read = [.. messages.SelectMany(message => message.Chunk)];
        Assert.Equal(picture.Jpeg.ToArray(), read);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(read)), info.Sha256);
    }

    [Fact]
    public async Task An_unknown_picture_is_not_found()
    {
        await using var host = await FeedHost.StartAsync();

        await FeedHost.FailsAsync(StatusCode.NotFound, () => ReadAsync(host, "no-such"));
        await FeedHost.FailsAsync(StatusCode.NotFound, () => ReadAsync(host, "../journal"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_lost_or_altered_picture_is_data_loss(bool isAltered)
    {
        await using var host = await FeedHost.StartAsync();
        await host.OpenedAsync(Samples.Incident(), Samples.Picture("frame-1", 100_000));
        var file = Directory.GetFiles(Path.GetDirectoryName(host.DatabaseFile)!, "frame-1*", SearchOption.AllDirectories).Single();
        if (isAltered)
            await File.WriteAllBytesAsync(file, Samples.Picture("frame-1", 100_000, seed: 2).Jpeg.ToArray(), FeedHost.Cancel);
        else
            File.Delete(file);

        await FeedHost.FailsAsync(StatusCode.DataLoss, () => ReadAsync(host, "frame-1"));
    }

    [Fact]
    public async Task A_reader_too_many_is_refused()
    {
        await using var host = await FeedHost.StartAsync(options => options with { Limits = options.Limits with { MaxEvidenceReads = 1 } });
        await host.OpenedAsync(Samples.Incident(), Samples.Picture("frame-1", 8_000_000));
        using var first = host.Feed.GetEvidence(new() { EvidenceId = "frame-1" }, cancellationToken: FeedHost.Cancel);
        Assert.True(await first.ResponseStream.MoveNext(FeedHost.Cancel));

        await FeedHost.FailsAsync(StatusCode.ResourceExhausted, () => ReadAsync(host, "frame-1"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../x")]
    [InlineData("a b")]
    public async Task A_picture_whose_id_is_no_file_name_is_not_written(string id)
    {
        await using var test = new TestJournal();

        await Assert.ThrowsAsync<ArgumentException>(() => test.OpenedAsync(Samples.Incident(), Samples.Picture(id, 10)));
        Assert.Empty(await test.AllEventsAsync());
    }

    [Fact]
    public async Task A_picture_over_the_limit_is_not_written()
    {
        await using var test = new TestJournal(options => options with { MaxPictureBytes = 2000 });

        await Assert.ThrowsAsync<ArgumentException>(() => test.OpenedAsync(Samples.Incident(), Samples.Picture("a", 2001)));
        await Assert.ThrowsAsync<ArgumentException>(() => test.OpenedAsync(Samples.Incident(), Samples.Picture("a", 0)));
        await test.OpenedAsync(Samples.Incident(), Samples.Picture("a", 2000));
        Assert.Equal(2000, test.Journal.EvidenceBytes);
    }

    [Fact]
    public async Task A_picture_written_twice_is_kept_once()
    {
        await using var test = new TestJournal();
        var incident = Samples.Incident();
        await test.OpenedAsync(incident, Samples.Picture("a", 1000));
        await test.UpdatedAsync(incident, Samples.Picture("a", 1000));

        Assert.Single(test.PictureFiles());
        Assert.Equal(1000, test.Journal.EvidenceBytes);
    }

    [Fact]
    public async Task Over_the_budget_the_oldest_pictures_go_at_once_and_their_incidents_stay()
    {
        await using var test = new TestJournal(options => options with { MaxEvidenceBytes = 10_000 });
        for (var number = 0; number < 6; number++)
            await test.OpenedAsync(Samples.Incident(), Samples.Picture($"frame-{number}", 3000));

        Assert.Equal(9000, test.Journal.EvidenceBytes);
        Assert.Equal(3, test.PictureFiles().Length);
        Assert.Null(await test.Journal.OpenEvidenceAsync("frame-2", TestJournal.Cancel));
        await using var newest = await test.Journal.OpenEvidenceAsync("frame-5", TestJournal.Cancel);
        Assert.NotNull(newest);
        Assert.Equal(6, (await test.Journal.ListIncidentsAsync(Reporting.Journal.IncidentFilter.All, 10, null, TestJournal.Cancel)).Incidents.Count);
    }

    [Fact]
    public async Task A_stray_file_of_a_crash_is_removed_at_opening_and_kept_pictures_are_not()
    {
        await using var test = new TestJournal();
        await test.OpenedAsync(Samples.Incident(), Samples.Picture("kept", 1000));
        var kept = Assert.Single(test.PictureFiles());
        var stray = Path.Combine(Path.GetDirectoryName(kept)!, "stray.0.jpg");
        await File.WriteAllTextAsync(stray, "half a picture", TestJournal.Cancel);

        await test.ReopenAsync();

        Assert.Equal([kept], test.PictureFiles());
        Assert.Equal(1000, test.Journal.EvidenceBytes);
    }

    private static async Task<List<Wire.GetEvidenceResponse>> ReadAsync(FeedHost host, string id)
    {
        var messages = new List<Wire.GetEvidenceResponse>();
        using var call = host.Feed.GetEvidence(new() { EvidenceId = id }, cancellationToken: FeedHost.Cancel);
        while (await call.ResponseStream.MoveNext(FeedHost.Cancel))
            messages.Add(call.ResponseStream.Current.Clone());
        return messages;
    }
}
