using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;

namespace IntegrityGate.Reporting.Grpc;

/// <summary>
/// The opaque token of a next page: a fingerprint of the filters, so that it is refused with others, and a position. It holds
/// no secret and gives no access, so it is not signed.
/// </summary>
internal static class PageToken
{
    private const int PrintBytes = 6;

    /// <summary>Makes a token; empty when there is no next page.</summary>
    /// <param name="filters">The request without page size and token.</param>
    /// <param name="next">The position; null when there is no next page.</param>
    public static string Write(IMessage filters, string? next)
    {
        if (next is null)
            return "";
        byte[] token = [.. Print(filters), .. Encoding.UTF8.GetBytes(next)];
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Makes a token of a number.</summary>
    public static string Write(IMessage filters, long? next) => Write(filters, next?.ToString(CultureInfo.InvariantCulture));

    /// <summary>Reads a token; null for the first page.</summary>
    public static string? Read(IMessage filters, string token)
    {
        if (token.Length == 0)
            return null;
        byte[] bytes;
        try
        {
            bytes = Base64Url.DecodeFromChars(token);
        }
        catch (FormatException)
        {
            throw FeedError.Field("page_token", "is no token of this service");
        }

        if (bytes.Length <= PrintBytes || !bytes.AsSpan(0, PrintBytes).SequenceEqual(Print(filters)))
            throw FeedError.Field("page_token", "belongs to a request with other filters, or is no token of this service");
        return Encoding.UTF8.GetString(bytes.AsSpan(PrintBytes));
    }

    /// <summary>Reads a token of a number; null for the first page.</summary>
    public static long? ReadNumber(IMessage filters, string token)
    {
        if (Read(filters, token) is not { } position)
            return null;
        return long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw FeedError.Field("page_token", "is no token of this service");
    }

    private static ReadOnlySpan<byte> Print(IMessage filters)
    {
        byte[] named = [.. Encoding.UTF8.GetBytes(filters.Descriptor.FullName), .. filters.ToByteArray()];
        return SHA256.HashData(named).AsSpan(0, PrintBytes);
    }
}
