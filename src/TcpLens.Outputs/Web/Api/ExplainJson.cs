using System.Text.Json;
using TcpLens.Core.Explain;
using TcpLens.Core.Model;
using TcpLens.Core.Text;

namespace TcpLens.Outputs.Web.Api;

/// <summary>The manual page of one state, with this host's settings.</summary>
internal static class ExplainJson
{
    public static void Write(Utf8JsonWriter json, StatePage page, HostValues values)
    {
        void Filled(string name, Phrase text) => json.WriteText(name, values.Fill(text));

        json.WriteStartObject();
        json.WriteString("state", page.State.Info().Name);
        Filled("what_it_is", page.WhatItIs);
        Filled("entered", page.Entered);
        Filled("left", page.Left);
        Filled("peer", page.Peer);
        Filled("lasts", page.Lasts);
        Filled("many_mean", page.ManyMean);
        Filled("many_do_not_mean", page.ManyDoNotMean);
        json.WriteStartArray("look_next");
        foreach (var hint in page.LookNext)
        {
            json.WriteStartObject();
            json.WriteString("command", hint.Command);
            json.WriteText("why", hint.Tells);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("often_said");
        foreach (var correction in page.OftenSaid)
        {
            json.WriteStartObject();
            Filled("said", correction.Said);
            Filled("truth", correction.Fact);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStrings("sources", page.Sources);
        json.WriteEndObject();
    }
}
