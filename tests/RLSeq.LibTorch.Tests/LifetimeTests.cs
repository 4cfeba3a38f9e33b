using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace RLSeq.LibTorch.Tests;

public class LifetimeTests
{
    public LifetimeTests()
    {
        set_num_threads(1);

        // What earlier tests left to the finaliser must not disappear while this one counts.
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    [Fact]
    public void Dispose_frees_once()
    {
        long before = LibTorchInfo.LiveHandles;
        Tensor x = zeros(2);
        Assert.Equal(before + 1, Tensor.TotalCount);
        x.Dispose();
        x.Dispose();
        Assert.Equal(before, LibTorchInfo.LiveHandles);
        Assert.True(x.IsInvalid);
        Assert.Equal("a disposed tensor", x.ToString());
        Assert.Throws<ObjectDisposedException>(() => x.shape);
        Assert.Throws<ObjectDisposedException>(() => x + 1);
    }

    [Fact]
    public void A_scope_frees_what_was_made_in_it()
    {
        long before = LibTorchInfo.LiveHandles;
        Tensor outside = zeros(1);
        using (DisposeScope scope = NewDisposeScope())
        {
            Tensor a = outside + 1;
            a.add(1).mul(2).Dispose();
            a.max(0, keepdim: true);
            a.split(1);
            Assert.Equal(5, scope.DisposablesCount);
            Assert.True(scope.Contains(a));
            Assert.False(scope.Contains(outside));
            Assert.Same(scope, CurrentDisposeScope);
        }

        Assert.Null(CurrentDisposeScope);
        Assert.False(outside.IsInvalid);
        outside.Dispose();
        Assert.Equal(before, LibTorchInfo.LiveHandles);
    }

    [Fact]
    public void Tensors_move_between_scopes()
    {
        long before = LibTorchInfo.LiveHandles;
        Tensor detached;
        Tensor outermost;
        using (DisposeScope outer = NewDisposeScope())
        {
            Tensor moved;
            Tensor dropped;
            using (DisposeScope inner = NewDisposeScope())
            {
                Assert.Same(inner, CurrentDisposeScope);
                moved = zeros(1).MoveToOuterDisposeScope();
                dropped = zeros(1);
                detached = zeros(1).DetachFromDisposeScope();
                (Tensor first, Tensor second) = inner.MoveToOuter(zeros(1), zeros(1));
                Assert.True(outer.Contains(first) && outer.Contains(second));
                outer.Attach(inner.Detach(zeros(1)));
                zeros(1).MoveToOtherDisposeScope(moved);
                Assert.Equal(1, inner.DisposablesCount);
            }

            Assert.Same(outer, CurrentDisposeScope);
            Assert.True(dropped.IsInvalid);
            Assert.False(moved.IsInvalid);
            Assert.Equal(5, outer.DisposablesCount);
            Tensor kept = zeros(1);
            outer.DisposeEverythingBut(kept);
            Assert.Same(kept, Assert.Single(outer.DisposablesView));
            outermost = kept.MoveToOuterDisposeScope();
        }

        Assert.False(outermost.IsInvalid);
        Assert.Equal(before + 2, LibTorchInfo.LiveHandles);
        outermost.Dispose();
        detached.Dispose();
        Assert.Equal(before, LibTorchInfo.LiveHandles);
    }

    [Fact]
    public void Scopes_can_be_closed_out_of_order()
    {
        long before = LibTorchInfo.LiveHandles;
        DisposeScope a = NewDisposeScope();
        DisposeScope b = NewDisposeScope();
        DisposeScope c = NewDisposeScope();
        Tensor inC = zeros(1);
        b.Dispose();
        Assert.Same(c, CurrentDisposeScope);
        inC.MoveToOuterDisposeScope();
        Assert.True(a.Contains(inC));
        c.Dispose();
        Assert.Same(a, CurrentDisposeScope);
        a.Dispose();
        a.Dispose();
        Assert.Null(CurrentDisposeScope);
        Assert.Equal(before, LibTorchInfo.LiveHandles);
    }

    [Fact]
    public void Removing_in_any_order_keeps_the_books()
    {
        long before = LibTorchInfo.LiveHandles;
        using (DisposeScope scope = NewDisposeScope())
        {
            Tensor[] all = [.. Enumerable.Range(0, 50).Select(_ => zeros(1))];
            var random = new Random(3);
            random.Shuffle(all);
            for (int i = 0; i < all.Length; i += 2)
                all[i].Dispose();
            Assert.Equal(25, scope.DisposablesCount);
            Assert.All(scope.DisposablesView, t => Assert.False(((Tensor)t).IsInvalid));
        }

        Assert.Equal(before, LibTorchInfo.LiveHandles);
    }

    [Fact]
    public void An_exception_in_the_middle_leaves_nothing()
    {
        long before = LibTorchInfo.LiveHandles;
        for (int i = 0; i < 20; i++)
        {
            Assert.Throws<TorchException>(() =>
            {
                using DisposeScope scope = NewDisposeScope();
                Tensor x = randn([3, 4], requires_grad: true);
                Tensor y = (x * 2).exp();
                cat([y, x, zeros(3, 5)], 0);
            });
        }

        Assert.Equal(before, LibTorchInfo.LiveHandles);
        Assert.Null(CurrentDisposeScope);
    }

    [Fact]
    public void Failing_operators_leave_nothing_without_a_scope()
    {
        long before = LibTorchInfo.LiveHandles;
        using (Tensor a = zeros(2, 3))
        {
            Assert.Throws<TorchException>(() => a.mm(a));
            Assert.Throws<TorchException>(() => stack([a, null!]));
            Assert.Throws<TorchException>(() => new Operator("aten::max.dim").CallTriple(a, 0));
            Assert.Throws<TorchException>(() => new Operator("aten::split.Tensor").Call(a, 1));
            Assert.Throws<TorchException>(() => new Operator("aten::exp").CallPair(a));
            Assert.Throws<TorchException>(() => new Operator("aten::exp").CallList(a));
            Assert.Throws<TorchException>(() => new Operator("aten::exp").CallBool(a));
        }

        Assert.Equal(before, LibTorchInfo.LiveHandles);
    }

    [Fact]
    public void Every_thread_has_its_own_scopes()
    {
        long before = LibTorchInfo.LiveHandles;
        using (DisposeScope here = NewDisposeScope())
        {
            var threads = new List<Thread>();
            for (int i = 0; i < 4; i++)
            {
                threads.Add(new Thread(() =>
                {
                    Assert.Null(CurrentDisposeScope);
                    for (int k = 0; k < 100; k++)
                    {
                        using DisposeScope scope = NewDisposeScope();
                        Tensor x = randn(8, requires_grad: true);
                        x.square().sum().backward();
                        x.grad!.Dispose();
                    }
                }));
            }

            threads.ForEach(t => t.Start());
            threads.ForEach(t => t.Join());
            Assert.Equal(0, here.DisposablesCount);
        }

        Assert.Equal(before, LibTorchInfo.LiveHandles);
    }

    [Fact]
    public void Another_thread_may_dispose_what_a_scope_owns()
    {
        long before = LibTorchInfo.LiveHandles;
        using (DisposeScope scope = NewDisposeScope())
        {
            Tensor[] mine = [.. Enumerable.Range(0, 500).Select(_ => zeros(1))];
            var thread = new Thread(() =>
            {
                foreach (Tensor tensor in mine)
                    tensor.Dispose();
            });
            thread.Start();
            for (int i = 0; i < 500; i++)
                zeros(1).Dispose();
            thread.Join();
            Assert.Equal(0, scope.DisposablesCount);
        }

        Assert.Equal(before, LibTorchInfo.LiveHandles);
    }

    [Fact]
    public void The_finaliser_is_a_safety_net()
    {
        long before = LibTorchInfo.LiveHandles;
        Forget();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.Equal(before, LibTorchInfo.LiveHandles);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Forget()
        {
            for (int i = 0; i < 10; i++)
                zeros(1).add(1);
        }
    }

    [Fact]
    public void Statistics_count_per_thread()
    {
        Exception? failed = null;
        var thread = new Thread(() => failed = Record.Exception(() =>
        {
            ThreadDisposeScopeStatistics statistics = DisposeScopeManager.Statistics;
            statistics.Reset();
            Tensor outside = zeros(1);
            using (DisposeScope scope = NewDisposeScope())
            {
                zeros(1);
                zeros(1).DetachFromDisposeScope().Dispose();
                scope.Attach(outside);
            }

            Assert.Equal(1, statistics.CreatedOutsideScopeCount);
            Assert.Equal(2, statistics.CreatedInScopeCount);
            Assert.Equal(2, statistics.DisposedInScopeCount);
            Assert.Equal(1, statistics.DisposedOutsideScopeCount);
            Assert.Equal(1, statistics.AttachedToScopeCount);
            Assert.Equal(1, statistics.DetachedFromScopeCount);
            Assert.Equal(0, statistics.ThreadTotalLiveCount);
        }));
        thread.Start();
        thread.Join();
        Assert.Null(failed);
    }

    [Fact]
    public void A_wrapped_function_keeps_its_result_only()
    {
        long before = LibTorchInfo.LiveHandles;
        using (Tensor result = WrappedTensorDisposeScope(() => zeros(3).add(1).mul(2)))
        {
            Assert.Equal([2f, 2f, 2f], result.data<float>().ToArray());
            Assert.Equal(before + 1, LibTorchInfo.LiveHandles);
        }

        Assert.Equal(before, LibTorchInfo.LiveHandles);
    }

    [Fact]
    public void Training_leaves_nothing()
    {
        long before = LibTorchInfo.LiveHandles;
        using (TorchSharp.Modules.Linear layer = nn.Linear(3, 2))
        using (TorchSharp.Modules.Adam adam = optim.Adam(layer.parameters()))
        {
            for (int i = 0; i < 5; i++)
            {
                using DisposeScope scope = NewDisposeScope();
                adam.zero_grad();
                nn.functional.mse_loss(layer.call(randn(4, 3)), zeros(4, 2)).backward();
                nn.utils.clip_grad_norm_(layer.parameters(), 0.1);
                Gradients.ClipNorm(layer.parameters(), 0.1);
                adam.step();
            }

            Assert.Equal(before + 6, LibTorchInfo.LiveHandles);
        }

        Assert.Equal(before, LibTorchInfo.LiveHandles);
    }

    [Fact]
    public void An_operation_allocates_no_more_than_its_tensor()
    {
        using Tensor a = zeros(1);
        using Tensor b = zeros(1);
        for (int i = 0; i < 100; i++)
            a.add(b).Dispose();
        long start = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            a.add(b).Dispose();
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - start) / 100, 0, 64);
    }
}
