using System.Runtime.InteropServices;

namespace RLSeq.LibTorch;

/// <summary>
/// The functions of <c>librlseq_torch</c>. A negative number or a null pointer means failure, and <see cref="Error"/>
/// has the message. Calls that only read a field skip the GC transition.
/// </summary>
internal static unsafe partial class Native
{
    private const string Library = NativeLibraryLocator.Name;

    static Native() => NativeLibraryLocator.Register();

    internal static string Error => Marshal.PtrToStringUTF8(rlt_error()) ?? "unknown error";

    [LibraryImport(Library)]
    private static partial nint rlt_error();

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long rlt_live_tensors();

    [LibraryImport(Library)]
    internal static partial nint rlt_operator(byte* qualifiedName);

    [LibraryImport(Library)]
    internal static partial int rlt_parameter_count(nint op);

    [LibraryImport(Library)]
    internal static partial nint rlt_parameter_name(nint op, int index);

    [LibraryImport(Library)]
    internal static partial int rlt_call(nint op, Value* arguments, int count, Value* results, int capacity);

    [LibraryImport(Library)]
    internal static partial void rlt_free_list(nint list);

    [LibraryImport(Library)]
    internal static partial void rlt_free(nint tensor);

    [LibraryImport(Library)]
    internal static partial nint rlt_share(nint tensor);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int rlt_dim(nint tensor);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long rlt_numel(nint tensor);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int rlt_dtype(nint tensor);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long rlt_element_size(nint tensor);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int rlt_is_contiguous(nint tensor);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int rlt_requires_grad(nint tensor);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int rlt_sizes(nint tensor, long* sizes, int capacity);

    [LibraryImport(Library)]
    internal static partial int rlt_strides(nint tensor, long* strides, int capacity);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long rlt_device(nint tensor);

    [LibraryImport(Library)]
    internal static partial nint rlt_data(nint tensor);

    [LibraryImport(Library)]
    internal static partial int rlt_item(nint tensor, Value* result);

    [LibraryImport(Library)]
    internal static partial int rlt_set_requires_grad(nint tensor, int on);

    [LibraryImport(Library)]
    internal static partial int rlt_is_leaf(nint tensor);

    [LibraryImport(Library)]
    internal static partial int rlt_retain_grad(nint tensor);

    [LibraryImport(Library)]
    internal static partial int rlt_grad(nint tensor, nint* gradient);

    [LibraryImport(Library)]
    internal static partial int rlt_set_grad(nint tensor, nint gradient);

    [LibraryImport(Library)]
    internal static partial int rlt_backward(nint* tensors, int count, nint* gradients, int gradientCount, nint* inputs, int inputCount, int retainGraph, int createGraph);

    [LibraryImport(Library)]
    internal static partial int rlt_gradients(nint* outputs, int count, nint* inputs, int inputCount, nint* gradients, int gradientCount, int retainGraph, int createGraph, int allowUnused, nint* results);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int rlt_grad_mode();

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial void rlt_set_grad_mode(int on);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int rlt_inference_mode();

    [LibraryImport(Library)]
    internal static partial nint rlt_enter_inference_mode(int on);

    [LibraryImport(Library)]
    internal static partial void rlt_leave_inference_mode(nint guard);

    [LibraryImport(Library)]
    internal static partial int rlt_manual_seed(ulong seed);

    [LibraryImport(Library)]
    internal static partial int rlt_cuda_manual_seed(ulong seed);

    [LibraryImport(Library)]
    internal static partial nint rlt_new_generator(ulong seed, int cudaIndex);

    [LibraryImport(Library)]
    internal static partial nint rlt_default_generator();

    [LibraryImport(Library)]
    internal static partial void rlt_free_generator(nint generator);

    [LibraryImport(Library)]
    internal static partial int rlt_generator_set_seed(nint generator, ulong seed);

    [LibraryImport(Library)]
    internal static partial int rlt_generator_seed(nint generator, ulong* seed);

    [LibraryImport(Library)]
    internal static partial nint rlt_generator_state(nint generator);

    [LibraryImport(Library)]
    internal static partial int rlt_generator_set_state(nint generator, nint state);

    [LibraryImport(Library)]
    internal static partial int rlt_get_num_threads();

    [LibraryImport(Library)]
    internal static partial int rlt_set_num_threads(int count);

    [LibraryImport(Library)]
    internal static partial int rlt_get_num_interop_threads();

    [LibraryImport(Library)]
    internal static partial int rlt_set_num_interop_threads(int count);

    [LibraryImport(Library)]
    internal static partial int rlt_cuda_count();

    [LibraryImport(Library)]
    internal static partial int rlt_cuda_synchronize(int index);

    [LibraryImport(Library)]
    internal static partial nint rlt_version();

    [LibraryImport(Library)]
    internal static partial nint rlt_location();
}
