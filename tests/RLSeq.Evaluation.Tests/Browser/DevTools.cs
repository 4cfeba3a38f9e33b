using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace RLSeq.Evaluation.Tests.Browser;

/// <summary>One page of a Chromium, driven by the DevTools protocol: JSON over a web socket.</summary>
internal sealed class DevTools : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _pending = new();
    private readonly ConcurrentQueue<string> _requests = new(), _errors = new();
    private TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _reading = Task.CompletedTask;
    private string? _session;
    private int _last;

    /// <summary>The addresses that the page has asked for, the page itself included.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>Errors and warnings on the console, exceptions, and what the browser logged about the page.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    public static async Task<DevTools> OpenPageAsync(Uri browser)
    {
        var page = new DevTools();
        await page._socket.ConnectAsync(browser, CancellationToken.None);
        page._reading = page.ReadAsync();
        JsonNode target = await page.SendAsync("Target.createTarget", new JsonObject { ["url"] = "about:blank" });
        JsonNode attached = await page.SendAsync("Target.attachToTarget", new JsonObject { ["targetId"] = (string)target["targetId"]!, ["flatten"] = true });
        page._session = (string)attached["sessionId"]!;
        foreach (string domain in (string[])["Network", "Page", "Runtime", "Log"]) await page.SendAsync($"{domain}.enable");
        return page;
    }

    public async Task ShowAsync(string url, int width, bool dark)
    {
        await SendAsync("Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = width, ["height"] = 800, ["deviceScaleFactor"] = 1, ["mobile"] = width < 500 });
        await SendAsync("Emulation.setEmulatedMedia", new JsonObject { ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = dark ? "dark" : "light" }) });
        _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await SendAsync("Page.navigate", new JsonObject { ["url"] = url });
        await _loaded.Task.WaitAsync(Patience);
    }

    /// <summary>The value of an expression in the page.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        JsonNode answer = await SendAsync("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["returnByValue"] = true });
        if (answer["exceptionDetails"] is { } failure) throw new InvalidOperationException($"The page threw: {failure.ToJsonString()}");
        return answer["result"]!["value"];
    }

    /// <summary>The page printed on A4.</summary>
    public async Task<byte[]> PrintAsync()
    {
        JsonNode answer = await SendAsync("Page.printToPDF", new JsonObject { ["paperWidth"] = 8.27, ["paperHeight"] = 11.69, ["preferCSSPageSize"] = true });
        return Convert.FromBase64String((string)answer["data"]!);
    }

    /// <summary>The whole page as PNG.</summary>
    public async Task<byte[]> PhotographAsync()
    {
        JsonNode answer = await SendAsync("Page.captureScreenshot", new JsonObject { ["format"] = "png", ["captureBeyondViewport"] = true });
        return Convert.FromBase64String((string)answer["data"]!);
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _reading;
        _socket.Dispose();
    }

    private async Task<JsonNode> SendAsync(string method, JsonObject? parameters = null)
    {
        int id = Interlocked.Increment(ref _last);
        var answer = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending[id] = answer;
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        if (_session is not null) message["sessionId"] = _session;
        await _socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        return await answer.Task.WaitAsync(Patience);
    }

    private async Task ReadAsync()
    {
        try
        {
            byte[] buffer = new byte[1 << 16];
            using var message = new MemoryStream();
            while (_socket.State == WebSocketState.Open)
            {
                WebSocketReceiveResult part = await _socket.ReceiveAsync(buffer, CancellationToken.None);
                message.Write(buffer, 0, part.Count);
                if (!part.EndOfMessage) continue;
                Receive(JsonNode.Parse(message.ToArray())!);
                message.SetLength(0);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            foreach (TaskCompletionSource<JsonNode> waiting in _pending.Values) waiting.TrySetException(exception);
        }
    }

    private void Receive(JsonNode message)
    {
        if (message["id"] is { } id && _pending.TryRemove((int)id, out TaskCompletionSource<JsonNode>? waiting))
        {
            if (message["error"] is { } error) waiting.TrySetException(new InvalidOperationException($"DevTools refused: {error.ToJsonString()}"));
            else waiting.TrySetResult(message["result"]!);
            return;
        }

        JsonNode? parameters = message["params"];
        switch ((string?)message["method"])
        {
            case "Network.requestWillBeSent": _requests.Enqueue((string)parameters!["request"]!["url"]!); break;
            case "Page.loadEventFired": _loaded.TrySetResult(); break;
            case "Runtime.exceptionThrown" or "Log.entryAdded": _errors.Enqueue(parameters!.ToJsonString()); break;
            case "Runtime.consoleAPICalled" when (string?)parameters!["type"] is "error" or "warning" or "assert": _errors.Enqueue(parameters.ToJsonString()); break;
        }
    }
}
