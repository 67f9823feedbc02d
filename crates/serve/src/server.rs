//! Connections: bounded in number and in time, and an end in order.

use crate::Settings;
use crate::connections::Connections;
use crate::routes::routes;
use http_body_util::BodyExt;
use hyper::Request;
use hyper::body::Incoming;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use toponym::Geoparser;

/// Bytes of a request's head, at most.
const HEAD: usize = 64 << 10;

/// Serves until an interrupt or a termination; requests that have begun are answered. `ready` is told the address.
///
/// # Errors
/// When the address cannot be listened on.
pub fn serve(geoparser: Geoparser, settings: Settings, ready: impl FnOnce(std::net::SocketAddr)) -> io::Result<()> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(run(geoparser, settings, ready))
}

async fn run(geoparser: Geoparser, settings: Settings, ready: impl FnOnce(std::net::SocketAddr)) -> io::Result<()> {
    let listener = TcpListener::bind(settings.address).await?;
    let connections = Connections::new(settings.connections);
    let timeout = settings.timeout;
    let service = TowerToHyperService::new(routes(geoparser, settings));
    let mut http = hyper::server::conn::http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(timeout).max_buf_size(HEAD);
    let graceful = GracefulShutdown::new();
    let mut end = std::pin::pin!(ended());
    ready(listener.local_addr()?);
    for number in 0.. {
        let accept = async {
            let accepted = listener.accept().await;
            (accepted, connections.open(number).await)
        };
        let (accepted, open) = tokio::select! {
            accepted = accept => accepted,
            () = &mut end => break,
        };
        let Ok((stream, _)) = accepted else {
            // No more files may be opened; some will be closed.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let mut stream = tokio_io_timeout::TimeoutStream::new(stream);
        stream.set_write_timeout(Some(timeout));
        let open = Arc::new(open);
        let (service, counted) = (service.clone(), open.clone());
        let service = service_fn(move |request: Request<Incoming>| {
            let (busy, answer) = (counted.busy(), service.call(request));
            async move {
                let response = answer.await?;
                // The request is answered when its body has been written.
                Ok::<_, Infallible>(response.map(|body| {
                    body.map_frame(move |frame| {
                        let _busy = &busy;
                        frame
                    })
                }))
            }
        });
        let connection = graceful.watch(http.serve_connection(TokioIo::new(Box::pin(stream)), service));
        tokio::spawn(async move {
            tokio::select! {
                // What goes wrong on a connection is its client's concern.
                _ = connection => {}
                () = open.closing() => {}
            }
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(timeout, graceful.shutdown()).await;
    Ok(())
}

/// Ends with an interrupt or a termination.
async fn ended() {
    #[cfg(unix)]
    if let Ok(mut terminated) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminated.recv() => {}
        }
        return;
    }
    let _ = tokio::signal::ctrl_c().await;
}
