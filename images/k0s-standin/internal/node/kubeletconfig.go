package node

import (
	"os"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	kubeletv1beta1 "k8s.io/kubelet/config/v1beta1"
	"k8s.io/utils/ptr"
	"sigs.k8s.io/yaml"

	"vmlab.test/k0s-standin/internal/layout"
)

// KubeletSettings is the part of the kubelet's configuration that depends on
// the cluster and the node.
type KubeletSettings struct {
	ClusterDNS    string
	ClusterDomain string
	// ServingCertificate and ServingKey spare the kubelet an RSA key of its own.
	ServingCertificate string
	ServingKey         string
}

func (s KubeletSettings) write(files layout.Layout, path string) error {
	text, err := yaml.Marshal(s.configuration(files))
	if err != nil {
		return err
	}
	return os.WriteFile(path, text, 0o600)
}

// configuration suits a small VM: cgroups without systemd of either version,
// late eviction, and no collection of images that nothing could pull again.
func (s KubeletSettings) configuration(files layout.Layout) kubeletv1beta1.KubeletConfiguration {
	return kubeletv1beta1.KubeletConfiguration{
		TypeMeta: metav1.TypeMeta{
			APIVersion: kubeletv1beta1.SchemeGroupVersion.String(), Kind: "KubeletConfiguration",
		},
		Authentication: kubeletv1beta1.KubeletAuthentication{
			Anonymous: kubeletv1beta1.KubeletAnonymousAuthentication{Enabled: ptr.To(false)},
			Webhook:   kubeletv1beta1.KubeletWebhookAuthentication{Enabled: ptr.To(true)},
			X509:      kubeletv1beta1.KubeletX509Authentication{ClientCAFile: files.PKIFile("ca.crt")},
		},
		Authorization:               kubeletv1beta1.KubeletAuthorization{Mode: kubeletv1beta1.KubeletAuthorizationModeWebhook},
		CgroupDriver:                "cgroupfs",
		ClusterDNS:                  []string{s.ClusterDNS},
		ClusterDomain:               s.ClusterDomain,
		ContainerRuntimeEndpoint:    "unix://" + layout.ContainerdSocket,
		EventRecordQPS:              ptr.To[int32](0),
		EvictionHard:                map[string]string{"memory.available": "50Mi", "nodefs.available": "3%", "imagefs.available": "3%"},
		FailCgroupV1:                ptr.To(false),
		FailSwapOn:                  ptr.To(false),
		ImageGCHighThresholdPercent: ptr.To[int32](100),
		ResolverConfig:              resolverConfig(),
		RotateCertificates:          true,
		TLSCertFile:                 s.ServingCertificate,
		TLSPrivateKeyFile:           s.ServingKey,
		VolumePluginDir:             files.Kubelet() + "/volumeplugins",
	}
}

// resolverConfig is the host's resolver file for pods to inherit, or nothing
// when it names no server: the kubelet refuses a file that is missing.
func resolverConfig() *string {
	if HasNameServer() {
		return ptr.To(resolverFile)
	}
	return ptr.To("")
}

const resolverFile = "/etc/resolv.conf"

// HasNameServer says whether the host knows any.
func HasNameServer() bool {
	text, err := os.ReadFile(resolverFile)
	return err == nil && strings.Contains("\n"+string(text), "\nnameserver ")
}
