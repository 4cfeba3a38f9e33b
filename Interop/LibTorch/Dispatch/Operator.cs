using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using TorchSharp;

namespace RLSeq.LibTorch;

/// <summary>
/// An operator of libtorch by its schema name, such as <c>aten::add.Tensor</c>: any operator that the installed libtorch
/// has, whether or not this library has a method for it. It is looked up at its first call. Arguments that are not given take the
/// schema's defaults. Autograd records the call as usual.
/// </summary>
/// <param name="name">The qualified name, with the overload after a dot.</param>
public sealed unsafe class Operator(string name)
{
    // Room for lists and strings of one call; dimensions and indices are short, so the pool is rarely asked.
    private const int ScratchBytes = 512;
    private const int MaxArguments = 32;

    /// <summary>To compare with plain operators, <c>RLSEQ_FUSED=0</c> makes those of the native library count as missing.</summary>
    private static readonly bool OwnAreWanted = Environment.GetEnvironmentVariable("RLSEQ_FUSED") != "0";

    private nint _handle;

    /// <summary>The qualified name, with the overload after a dot.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// Whether the installed libtorch, or for <c>rlseq::</c> the native library, has this operator. With <c>RLSEQ_FUSED=0</c> in the
    /// environment none of the latter exist, so that everything is composed of libtorch's own.
    /// </summary>
    public bool Exists => (OwnAreWanted || !Name.StartsWith("rlseq::", StringComparison.Ordinal)) && (_handle != 0 || Find() != 0);

    /// <summary>Calls the operator and returns its first result, which must be a tensor.</summary>
    /// <param name="arguments">The arguments in the schema's order.</param>
    /// <exception cref="TorchException">libtorch has no such operator, or refused the arguments.</exception>
    public torch.Tensor Call(params ReadOnlySpan<Argument> arguments)
    {
        Value result = default;
        Invoke(arguments, &result, 1);
        Require(&result, 1, ValueTag.Tensor);
        return new torch.Tensor(result.Pointer);
    }

    /// <summary>Calls the operator and drops its results, which is what an operator in place needs.</summary>
    /// <param name="arguments">The arguments in the schema's order.</param>
    /// <exception cref="TorchException">libtorch has no such operator, or refused the arguments.</exception>
    public void Run(params ReadOnlySpan<Argument> arguments) => Invoke(arguments, null, 0);

    /// <summary>Calls an operator that returns two tensors.</summary>
    /// <param name="arguments">The arguments in the schema's order.</param>
    /// <exception cref="TorchException">libtorch has no such operator, or refused the arguments.</exception>
    public (torch.Tensor First, torch.Tensor Second) CallPair(params ReadOnlySpan<Argument> arguments)
    {
        Value* results = stackalloc Value[2];
        Invoke(arguments, results, 2);
        Require(results, 2, ValueTag.Tensor);
        return (new torch.Tensor(results[0].Pointer), new torch.Tensor(results[1].Pointer));
    }

    /// <summary>Calls an operator that returns three tensors.</summary>
    /// <param name="arguments">The arguments in the schema's order.</param>
    /// <exception cref="TorchException">libtorch has no such operator, or refused the arguments.</exception>
    public (torch.Tensor First, torch.Tensor Second, torch.Tensor Third) CallTriple(params ReadOnlySpan<Argument> arguments)
    {
        Value* results = stackalloc Value[3];
        Invoke(arguments, results, 3);
        Require(results, 3, ValueTag.Tensor);
        return (new torch.Tensor(results[0].Pointer), new torch.Tensor(results[1].Pointer), new torch.Tensor(results[2].Pointer));
    }

    /// <summary>Calls an operator that returns a list of tensors.</summary>
    /// <param name="arguments">The arguments in the schema's order.</param>
    /// <exception cref="TorchException">libtorch has no such operator, or refused the arguments.</exception>
    public torch.Tensor[] CallList(params ReadOnlySpan<Argument> arguments)
    {
        Value result = default;
        Invoke(arguments, &result, 1);
        Require(&result, 1, ValueTag.TensorList);
        var tensors = new torch.Tensor[result.Length];
        for (int i = 0; i < tensors.Length; i++)
            tensors[i] = new torch.Tensor(((nint*)result.Pointer)[i]);
        Native.rlt_free_list(result.Pointer);
        return tensors;
    }

    /// <summary>Calls an operator that returns true or false.</summary>
    /// <param name="arguments">The arguments in the schema's order.</param>
    /// <exception cref="TorchException">libtorch has no such operator, or refused the arguments.</exception>
    public bool CallBool(params ReadOnlySpan<Argument> arguments)
    {
        Value result = default;
        Invoke(arguments, &result, 1);
        Require(&result, 1, ValueTag.Bool);
        return result.Integer != 0;
    }

    [SkipLocalsInit]
    private void Invoke(ReadOnlySpan<Argument> arguments, Value* results, int capacity)
    {
        nint handle = _handle != 0 ? _handle : Resolve();
        if (arguments.Length > MaxArguments)
            throw new ArgumentException($"{Name} was given {arguments.Length} arguments; at most {MaxArguments} are possible.", nameof(arguments));

        Value* values = stackalloc Value[MaxArguments];
        byte* scratch = stackalloc byte[ScratchBytes];
        int used = 0;
        byte[]? rented = null;
        GCHandle pin = default;
        try
        {
            int needed = ListBytes(arguments);
            if (needed > ScratchBytes)
            {
                rented = ArrayPool<byte>.Shared.Rent(needed);
                pin = GCHandle.Alloc(rented, GCHandleType.Pinned);
                scratch = (byte*)pin.AddrOfPinnedObject();
            }

            for (int i = 0; i < arguments.Length; i++)
            {
                ref readonly Argument argument = ref arguments[i];
                values[i].Tag = argument.Tag;
                values[i].Integer = argument.Bits;
                if (argument.Owner is null)
                    continue;
                if (argument.Tag == ValueTag.Tensor)
                    values[i].Pointer = Unsafe.As<torch.Tensor>(argument.Owner).Handle;
                else
                    values[i].Length = Lower(argument, ref values[i].Pointer, scratch, ref used);
            }

            if (Native.rlt_call(handle, values, arguments.Length, results, capacity) < 0)
                throw Failure(arguments);
        }
        finally
        {
            if (rented is not null)
            {
                pin.Free();
                ArrayPool<byte>.Shared.Return(rented);
            }
        }

        // Without this a tensor whose last use is this call could be finalised while libtorch reads it.
        foreach (ref readonly Argument argument in arguments)
            GC.KeepAlive(argument.Owner);
    }

    private static int ListBytes(ReadOnlySpan<Argument> arguments)
    {
        int bytes = 0;
        foreach (ref readonly Argument argument in arguments)
        {
            bytes += argument.Tag switch
            {
                ValueTag.IntList or ValueTag.DoubleList or ValueTag.TensorList => sizeof(long) * ((Array)argument.Owner!).Length,
                ValueTag.String => (Encoding.UTF8.GetMaxByteCount(((string)argument.Owner!).Length) + 7) & ~7,
                _ => 0,
            };
        }

        return bytes;
    }

    /// <summary>Copies a list or a string to unmanaged memory, where it stays for the call. Returns its length.</summary>
    private static int Lower(in Argument argument, ref nint pointer, byte* scratch, ref int used)
    {
        byte* target = scratch + used;
        switch (argument.Tag)
        {
            case ValueTag.IntList:
                var integers = (long[])argument.Owner!;
                integers.CopyTo(new Span<long>(target, integers.Length));
                pointer = (nint)target;
                used += sizeof(long) * integers.Length;
                return integers.Length;
            case ValueTag.DoubleList:
                var numbers = (double[])argument.Owner!;
                numbers.CopyTo(new Span<double>(target, numbers.Length));
                pointer = (nint)target;
                used += sizeof(double) * numbers.Length;
                return numbers.Length;
            case ValueTag.TensorList:
                var tensors = (torch.Tensor?[])argument.Owner!;
                for (int i = 0; i < tensors.Length; i++)
                    ((nint*)target)[i] = tensors[i]?.Handle ?? 0;
                pointer = (nint)target;
                used += sizeof(nint) * tensors.Length;
                return tensors.Length;
            case ValueTag.String:
                var text = (string)argument.Owner!;
                int reserved = (Encoding.UTF8.GetMaxByteCount(text.Length) + 7) & ~7;
                int length = Encoding.UTF8.GetBytes(text, new Span<byte>(target, reserved));
                pointer = (nint)target;
                used += reserved;
                return length;
            default:
                pointer = ((torch.Generator)argument.Owner!).Handle;
                return 0;
        }
    }

    private nint Find()
    {
        int size = Encoding.UTF8.GetMaxByteCount(Name.Length) + 1;
        Span<byte> bytes = size <= 256 ? stackalloc byte[256] : new byte[size];
        bytes[Encoding.UTF8.GetBytes(Name, bytes)] = 0;
        fixed (byte* pointer = bytes)
            return _handle = Native.rlt_operator(pointer);
    }

    private nint Resolve()
    {
        nint handle = Find();
        return handle != 0 ? handle : throw new TorchException(Native.Error);
    }

    private void Require(Value* results, int count, ValueTag expected)
    {
        for (int i = 0; i < count; i++)
        {
            if (results[i].Tag != expected)
                ThrowUnexpected(results, count, expected, results[i].Tag);
        }
    }

    [DoesNotReturn]
    private void ThrowUnexpected(Value* results, int count, ValueTag expected, ValueTag actual)
    {
        for (int i = 0; i < count; i++)
        {
            if (results[i].Tag == ValueTag.Tensor)
                Native.rlt_free(results[i].Pointer);
            if (results[i].Tag != ValueTag.TensorList)
                continue;
            for (int k = 0; k < results[i].Length; k++)
                Native.rlt_free(((nint*)results[i].Pointer)[k]);
            Native.rlt_free_list(results[i].Pointer);
        }

        throw new TorchException($"{Name} returned {actual} where {expected} was expected.");
    }

    /// <summary>"aten::mm(self: Float32[2, 3], mat2: Float32[4, 5]): " and what libtorch said.</summary>
    private TorchException Failure(ReadOnlySpan<Argument> arguments)
    {
        string error = Native.Error;
        var message = new StringBuilder(Name).Append('(');
        int parameters = Native.rlt_parameter_count(_handle);
        for (int i = 0; i < arguments.Length; i++)
        {
            if (i > 0)
                message.Append(", ");
            if (i < parameters)
                message.Append(Marshal.PtrToStringUTF8(Native.rlt_parameter_name(_handle, i))).Append(": ");
            Describe(message, arguments[i]);
        }

        return new TorchException(message.Append("): ").Append(error).ToString());
    }

    private static void Describe(StringBuilder message, in Argument argument)
    {
        switch (argument.Tag)
        {
            case ValueTag.Tensor:
                DescribeTensor(message, (torch.Tensor)argument.Owner!);
                break;
            case ValueTag.TensorList:
                var tensors = (torch.Tensor?[])argument.Owner!;
                message.Append('[');
                for (int i = 0; i < tensors.Length; i++)
                {
                    message.Append(i > 0 ? ", " : "");
                    DescribeTensor(message, tensors[i]);
                }

                message.Append(']');
                break;
            case ValueTag.IntList:
                message.Append('[').AppendJoin(", ", (long[])argument.Owner!).Append(']');
                break;
            case ValueTag.DoubleList:
                message.Append('[').AppendJoin(", ", (double[])argument.Owner!).Append(']');
                break;
            case ValueTag.Int:
                message.Append(argument.Bits);
                break;
            case ValueTag.Double:
                message.Append(BitConverter.Int64BitsToDouble(argument.Bits).ToString(CultureInfo.InvariantCulture));
                break;
            case ValueTag.Bool:
                message.Append(argument.Bits != 0 ? "true" : "false");
                break;
            case ValueTag.String:
                message.Append('"').Append((string)argument.Owner!).Append('"');
                break;
            default:
                message.Append(argument.Tag);
                break;
        }
    }

    private static void DescribeTensor(StringBuilder message, torch.Tensor? tensor) =>
        message.Append(tensor is null ? "None" : tensor.ToString());
}
