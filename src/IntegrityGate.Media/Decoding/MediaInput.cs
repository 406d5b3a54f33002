namespace IntegrityGate.Media.Decoding;

/// <summary>A file or URL in the form in which it may be put on an ffmpeg command line.</summary>
/// <param name="Name">Full path or URL.</param>
/// <param name="IsUrl">True for a URL.</param>
internal sealed record MediaInput(string Name, bool IsUrl)
{
    /// <summary>
    /// What an input may open besides itself: a playlist on disk stays on disk, and one from the network cannot read files.
    /// </summary>
    public string Protocols => IsUrl ? "http,https,httpproxy,tcp,tls,crypto,data,rtmp,rtmps,rtmpt,rtsp,rtp,udp,srt" : "file,crypto,data";

    /// <summary>Reads an input's name.</summary>
    /// <exception cref="MediaUnreadableException">It is no file, or holds what cannot be put on a command line.</exception>
    public static MediaInput Read(string input)
    {
        ArgumentNullException.ThrowIfNull(input);
        // FFMpegCore puts the name between quotation marks, and has no escape for one in it.
        if (input.Length == 0 || input.Any(one => one == '"' || char.IsControl(one)) || input.EndsWith('\\'))
            throw new MediaUnreadableException("The input's name is empty or holds a quotation mark or a control character.");
        if (Uri.TryCreate(input, UriKind.Absolute, out var uri) && !uri.IsFile && input.Contains("://", StringComparison.Ordinal))
            return new MediaInput(input, IsUrl: true);
        var path = Path.GetFullPath(uri is { IsFile: true } ? uri.LocalPath : input);
        return File.Exists(path) ? new MediaInput(path, IsUrl: false) : throw new MediaUnreadableException("There is no such file.");
    }

    /// <summary>Takes the name out of a complaint.</summary>
    public string Redact(string complaint) => complaint.Replace(Name, "input", StringComparison.Ordinal).Trim();
}
