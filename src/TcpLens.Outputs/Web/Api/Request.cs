using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using TcpLens.Core.Text;

namespace TcpLens.Outputs.Web.Api;

/// <summary>A request to an endpoint, its parameters checked: unknown ones are refused, because a mistyped filter would answer everything.</summary>
internal sealed class Request
{
    private readonly ImmutableArray<Parameter> _parameters;

    public Request(HttpContext context, Endpoint endpoint, string item)
    {
        (Context, Item, _parameters) = (context, item, endpoint.Parameters);
        foreach (var (name, values) in context.Request.Query)
        {
            if (!_parameters.Any(parameter => !parameter.IsInPath && parameter.Name == name))
                throw Unknown(name);
            if (values.Count > 1)
                throw RefusedException.BadParameter(new Phrase("'{0}' comes more than once.", "“{0}”出现了多次。").With(Echo.Of(name)));
        }
    }

    public HttpContext Context { get; }

    /// <summary>The part of the path that varies; empty where none does.</summary>
    public string Item { get; }

    public bool IsHead => HttpMethods.IsHead(Context.Request.Method);

    public CancellationToken Aborted => Context.RequestAborted;

    /// <summary>The parameter's value, or what stands for it; empty without either.</summary>
    public string Word(string name)
    {
        var parameter = Of(name);
        string value = Context.Request.Query[name].ToString();
        if (value.Length == 0)
            return parameter.Standard ?? "";
        if (parameter.Words.IsEmpty || parameter.Words.Contains(value, StringComparer.Ordinal))
            return value;
        var wrong = new Phrase("'{1}' is no value of '{0}': one of {2}.", "“{1}”不能用于“{0}”，应为下列之一：{2}。").With(name, Echo.Of(value), string.Join(", ", parameter.Words));
        throw RefusedException.BadParameter(wrong);
    }

    public int Number(string name)
    {
        var (lowest, highest) = Of(name).Range!.Value;
        string value = Word(name);
        if (int.TryParse(value, System.Globalization.NumberStyles.None, null, out int number) && number >= lowest && number <= highest)
            return number;
        throw RefusedException.BadParameter(new Phrase("'{0}' takes a number from {1} to {2}, not '{3}'.", "“{0}”需要 {1} 到 {2} 之间的整数，而不是“{3}”。").With(name, lowest, highest, Echo.Of(value)));
    }

    public bool IsSet(string name) => Word(name) is "1" or "true";

    private RefusedException Unknown(string name)
    {
        string[] known = [.. _parameters.Where(parameter => !parameter.IsInPath).Select(parameter => parameter.Name)];
        var unknown = new Phrase("Unknown parameter '{0}'", "未知参数“{0}”").With(Echo.Of(name));
        if (known.Length == 0)
            return RefusedException.BadParameter(unknown.Then(new(": there is none here.", "：此处没有参数。")));
        return RefusedException.BadParameter(Nearest.Find(name, known) is { } nearest
            ? unknown.Then(new Phrase(": did you mean '{0}'?", "，是不是想写“{0}”？").With(nearest))
            : unknown.Then(new Phrase(": expected one of {0}.", "，应为下列之一：{0}。").With(string.Join(", ", known))));
    }

    private Parameter Of(string name) => _parameters.First(parameter => parameter.Name == name);
}
