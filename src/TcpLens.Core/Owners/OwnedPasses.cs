using System.Collections.Immutable;
using TcpLens.Core.Sources;
using TcpLens.Core.Text;

namespace TcpLens.Core.Owners;

/// <summary>Passes with owners: how complete each was, and what stood in the way of finding owners.</summary>
/// <param name="Passes">One for each namespace.</param>
/// <param name="Denied">Processes whose descriptors this user may not see.</param>
/// <param name="IsCut">Whether there was more to look at than the limits allow.</param>
/// <param name="Refusal">Why the kernel could not be asked for holders although this user may; <see langword="null"/> where it was, or may not be.</param>
public sealed record OwnedPasses(ImmutableArray<NamespacePass> Passes, int Denied, bool IsCut, Phrase? Refusal = null);
