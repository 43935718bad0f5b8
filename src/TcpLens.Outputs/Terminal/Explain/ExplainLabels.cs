using TcpLens.Core.Text;

namespace TcpLens.Outputs.Terminal.Explain;

/// <summary>The words at the left edge of a page, at most <see cref="Columns"/> - 2 columns wide.</summary>
internal static class ExplainLabels
{
    /// <summary>The width of the label column.</summary>
    public const int Columns = 12;

    public static readonly Phrase WhatItIs = new("What it is", "是什么");
    public static readonly Phrase Entered = new("Entered", "如何进入");
    public static readonly Phrase Left = new("Left", "如何离开");
    public static readonly Phrase Peer = new("The peer", "对端状态");
    public static readonly Phrase Lasts = new("How long", "持续多久");
    public static readonly Phrase ManyMean = new("Many mean", "数量多说明");
    public static readonly Phrase ManyDoNotMean = new("Not", "不说明");
    public static readonly Phrase LookNext = new("Look next", "接着看");
    public static readonly Phrase Said = new("Often said", "常听说");
    public static readonly Phrase Fact = new("In fact", "事实是");
    public static readonly Phrase Sources = new("Sources", "来源");
}
