using System.Collections.Immutable;
using TcpLens.Core.Explain.Pages;
using TcpLens.Core.Model;

namespace TcpLens.Core.Explain;

/// <summary>The manual pages of all eleven states.</summary>
public static class StatePages
{
    /// <summary>All eleven, in the order of <see cref="TcpStates.All"/>.</summary>
    public static ImmutableArray<StatePage> All { get; } =
    [
        ListenPage.Page,
        SynSentPage.Page,
        SynRecvPage.Page,
        EstablishedPage.Page,
        FinWait1Page.Page,
        FinWait2Page.Page,
        ClosingPage.Page,
        TimeWaitPage.Page,
        CloseWaitPage.Page,
        LastAckPage.Page,
        ClosePage.Page,
    ];

    /// <summary>The page of <paramref name="state"/>.</summary>
    public static StatePage For(TcpState state) => All.First(page => page.State == state);
}
