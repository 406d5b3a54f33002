using System.Collections.Concurrent;
using IntegrityGate.EndToEnd.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace IntegrityGate.EndToEnd.Tests.Interop;

/// <summary>A site of somebody else's with a web player on it, in headless Chromium; the page reports what it shows and what goes wrong.</summary>
internal sealed class BrowserPage : IAsyncDisposable
{
    /// <summary>The script that prints the path of a player.</summary>
    public static readonly string Fetcher = Path.Combine(Repository.Root, "tests", "tools", "web-player.sh");

    private readonly WebApplication _site;
    private readonly TempFolder _profile = new();
    private readonly ConcurrentQueue<Look> _looks = new();
    private Tool? _browser;

    private BrowserPage(WebApplication site) => _site = site;

    /// <summary>One look of the page at its video element.</summary>
    /// <param name="Time">Seconds of the element's clock.</param>
    /// <param name="Frames">Frames that the element was given so far.</param>
    /// <param name="Picture">What a canvas got of it.</param>
    /// <param name="Buffered">What the element has, seconds.</param>
    /// <param name="IsLabelled">True when its upper half is not what it was in the first look.</param>
    public sealed record Look(double Time, int Frames, GrayFrame Picture, string Buffered, bool IsLabelled);

    public IReadOnlyList<Look> Looks => [.. _looks];

    public ConcurrentQueue<string> Failures { get; } = new();

    /// <summary>Gaps that the page went over.</summary>
    public ConcurrentQueue<string> Jumps { get; } = new();

    public bool SawTheEnd { get; private set; }

    public string Log => string.Join('\n', [.. Failures, .. Jumps.Select(jump => "jump " + jump), .. Looks.Select(l => $"look at {l.Time:0.000} s, frame {l.Frames} of {l.Buffered}{(l.IsLabelled ? ", labelled" : "")}")]);

    /// <param name="player">mpegts.js or flv.js.</param>
    /// <param name="url">What it plays.</param>
    public static async Task<BrowserPage> OpenAsync(string player, string url)
    {
        Installed.OrSkip("chromium");
        Installed.OrSkip("npm");
        var library = (await Tool.RunAsync("bash", Fetcher, player)).Output.Trim();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var page = new BrowserPage(builder.Build());
        page.Map(library);
        await page._site.StartAsync();
        page._browser = Tool.Start("chromium", [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--autoplay-policy=no-user-gesture-required", $"--user-data-dir={page._profile.Path}", "--remote-debugging-port=0",
            $"{page._site.Urls.First()}/?url={Uri.EscapeDataString(url)}"]);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        await _site.DisposeAsync();
        _profile.Dispose();
    }

    private void Map(string library)
    {
        var html = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Interop", "player.html"));
        _site.MapGet("/", () => Results.Content(html, "text/html"));
        _site.MapGet("/player.js", () => Results.File(library, "text/javascript"));
        _site.MapGet("/favicon.ico", () => Results.NoContent());
        _site.MapPost("/error", async (HttpRequest request) => Failures.Enqueue(await TextAsync(request)));
        _site.MapPost("/jump", async (HttpRequest request) => Jumps.Enqueue(await TextAsync(request)));
        _site.MapPost("/end", () => { SawTheEnd = true; });
        _site.MapPost("/picture", async (HttpRequest request, double time, int frames, string? buffered) =>
        {
            var luma = new byte[1280 * 720];
            await request.Body.ReadExactlyAsync(luma);
            var picture = new GrayFrame(1280, 720, luma);
            // The page awaits each answer, so looks come one after the other.
            var isLabelled = _looks.TryPeek(out var first) && PixelRuler.Measure(picture.Top(), first.Picture.Top()) is not null;
            _looks.Enqueue(new Look(time, frames, picture, buffered ?? "", isLabelled));
        });
    }

    private static async Task<string> TextAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        return await reader.ReadToEndAsync();
    }
}
