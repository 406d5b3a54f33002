namespace IntegrityGate.Media.Codecs;

/// <summary>What one coded picture is to whoever wants to start or to stop at it, read from its headers only.</summary>
/// <param name="HasPicture">True when there is a picture in the packet at all, and not parameter sets or messages alone.</param>
/// <param name="IsEntry">True when decoding can start here: IDR, CRA or BLA (H.264, HEVC), a shown key frame (AV1). A tag's key flag alone says less.</param>
/// <param name="IsOpen">True for an entry that pictures with <see cref="NeedsPast"/> may follow: a CRA, or a BLA of type W_LP (H.265 table 7-1).</param>
/// <param name="IsLeading">True for a picture that follows its entry in decoding order and is shown before it (RADL, RASL).</param>
/// <param name="NeedsPast">True for a leading picture that refers to pictures from before its entry (RASL): lost on whoever starts there.</param>
/// <param name="IsDisposable">True for a picture that no other refers to, as far as its headers say so.</param>
/// <param name="IsDamaged">True when the packet's framing does not fit its bytes.</param>
internal readonly record struct CodedPicture(
    bool HasPicture, bool IsEntry = false, bool IsOpen = false, bool IsLeading = false, bool NeedsPast = false, bool IsDisposable = false, bool IsDamaged = false);
