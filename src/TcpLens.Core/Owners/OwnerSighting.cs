namespace TcpLens.Core.Owners;

/// <summary>What is known of one socket's owner.</summary>
/// <param name="Owner">Who it is; <see langword="null"/> when unknown.</param>
/// <param name="Certainty">How sure; meaningless without an owner.</param>
/// <param name="Seconds">How long the socket has been in its state, at least; <see langword="null"/> when nobody watched.</param>
public readonly record struct OwnerSighting(Owner? Owner, OwnerCertainty Certainty, int? Seconds)
{
    /// <summary>Nothing is known.</summary>
    public static OwnerSighting Unknown => default;
}
