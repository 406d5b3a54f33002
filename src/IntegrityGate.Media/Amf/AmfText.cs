using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace IntegrityGate.Media.Amf;

/// <summary>
/// Turns the bytes of an AMF string into text and back without losing one. AMF says UTF-8, but some encoders send stream names
/// in their local charset, and a name that goes upstream must stay byte-exact: a byte that is no part of valid UTF-8 becomes the lone
/// surrogate U+DC80 to U+DCFF (the scheme of Python's <c>surrogateescape</c>), which no valid UTF-8 can give, and is written back as that byte.
/// </summary>
public static class AmfText
{
    private const char EscapeBase = '\uDC00';

    /// <summary>Reads bytes as text.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
            return Encoding.UTF8.GetString(bytes);

        var text = new StringBuilder(bytes.Length);
        Span<char> pair = stackalloc char[2];
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var used) == OperationStatus.Done)
            {
                text.Append(pair[..rune.EncodeToUtf16(pair)]);
                bytes = bytes[used..];
            }
            else
            {
                text.Append((char)(EscapeBase + bytes[0]));
                bytes = bytes[1..];
            }
        }

        return text.ToString();
    }

    /// <summary>The number of bytes that <see cref="Encode"/> writes.</summary>
    public static int ByteCount(ReadOnlySpan<char> text)
    {
        var count = 0;
        while (!text.IsEmpty)
        {
            var run = PlainRun(text);
            count += Encoding.UTF8.GetByteCount(text[..run]);
            text = text[run..];
            if (!text.IsEmpty)
            {
                count++;
                text = text[1..];
            }
        }

        return count;
    }

    /// <summary>Writes text as bytes.</summary>
    /// <returns>The number of bytes written.</returns>
    public static int Encode(ReadOnlySpan<char> text, Span<byte> target)
    {
        var at = 0;
        while (!text.IsEmpty)
        {
            var run = PlainRun(text);
            at += Encoding.UTF8.GetBytes(text[..run], target[at..]);
            text = text[run..];
            if (!text.IsEmpty)
            {
                target[at++] = (byte)(text[0] - EscapeBase);
                text = text[1..];
            }
        }

        return at;
    }

    // Length of the text before the first escaped byte: a low surrogate of the escape range without its high half.
    private static int PlainRun(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (text[i] is >= '\uDC80' and <= '\uDCFF')
                return i;
        }

        return text.Length;
    }
}
